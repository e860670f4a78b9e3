"""What the letter says, as far as it is known; and nothing that is not."""

from __future__ import annotations

from typing import Any

import pytest

from domain.values import Count
from services.letters.facts import Resolution, Sent, Since
from services.letters.sentences import Letter
from tests.services.letters.reminding import HER, RESOLUTIONS, reminder


def plain(text: str) -> str:
    """With ordinary spaces: where they are no-break has a test of its own."""
    return text.replace("\u00a0", " ")


def words(lang: str = "fr", **facts: Any) -> dict[str, Any]:
    return Letter(reminder(**facts), lang).words()


def opening(**facts: Any) -> str:
    return plain(words(**facts)["opening"][0])


def since(**facts: Any) -> str:
    return plain(words(since=Since(**facts))["rest"][0])


def test_the_whole_letter() -> None:
    said = words()
    assert {name: plain(said[name]) for name in ("date", "reference", "subject_label", "subject", "salutation")} == {
        "date": "Le 12 mai 2025",
        "reference": "Notre référence : démarche 3",
        "subject_label": "Objet :",
        "subject": "Suivi de notre lettre du 26 juin 2024",
        "salutation": "Monsieur le Ministre,",
    }
    assert said["resolutions"] == [
        "Résolution 23\u00a0: Des écoles bien aérées", "Résolution 24\u00a0: Des services de garde en région",
    ]  # fmt: skip
    assert opening() == (
        "Le 26 juin 2024, nous vous avons écrit. Cette lettre donnait suite aux résolutions 23 et 24, adoptées par notre"
        " assemblée le 13 mai 2023."
    )
    assert [plain(paragraph) for paragraph in said["rest"]] == [
        "Depuis, nous avons fait au moins trois relances. À ce jour, nous n’avons reçu aucune réponse.",
        "Nous devons rendre compte à notre assemblée des suites données à ces résolutions. Nous vous saurions gré de nous"
        " faire connaître votre réponse ou, à défaut, la date à laquelle nous pouvons l’attendre.",
    ]
    assert (said["signatory"], said["function"]) == ("Marie Tremblay", "[Fonction]")


@pytest.mark.parametrize(
    ("sent", "subject", "first"),
    [
        (Sent("letter"), "Suivi de notre lettre", "Il y a quelque temps, nous vous avons écrit."),
        (Sent("letter", "2024-23"), "Suivi de notre lettre envoyée à l’automne 2024", "À l’automne 2024, nous vous avons écrit."),
        (Sent("request", "2024-06-26~"), "Suivi de notre demande envoyée vers le 26 juin 2024",
         "Vers le 26 juin 2024, nous vous avons adressé une demande."),
        (Sent("meeting_request", "2024-06-01"), "Suivi de notre demande de rencontre du 1er juin 2024",
         "Le 1er juin 2024, nous vous avons demandé une rencontre."),
        (Sent("petition", "2024"), "Suivi de notre pétition envoyée en 2024", "En 2024, nous vous avons adressé une pétition."),
        (Sent("congratulations", "2024"), "Suivi de notre lettre envoyée en 2024", "En 2024, nous vous avons écrit."),
        (Sent("letter", "2024", predecessor=HER), "Suivi de notre lettre envoyée en 2024",
         "En 2024, nous avons écrit à votre prédécesseure, Mme Anne Brodeur."),
        (Sent("request", "2024", predecessor=HER, elsewhere="ministre du Travail", referred=True),
         "Suivi de notre demande envoyée en 2024",
         "En 2024, nous avons adressé une demande à une autre autorité (ministre du Travail), qui nous a dirigés vers vous."),
        (Sent("meeting_request", "2024", elsewhere="ministre du Travail"), "Suivi de notre demande de rencontre envoyée en 2024",
         "En 2024, nous avons demandé une rencontre à l’autorité alors responsable (ministre du Travail)."
         " Ce dossier relève maintenant de vous."),
    ],
)  # fmt: skip
def test_what_was_sent_when_and_to_whom(sent: Sent, subject: str, first: str) -> None:
    assert plain(words(sent=sent)["subject"]) == subject
    assert opening(sent=sent).startswith(f"{first} Cette ")


def test_a_meeting_is_asked_for_again() -> None:
    assert "de nous proposer une date ou, à défaut," in words(sent=Sent("meeting_request"))["rest"][1]


def test_the_demand_is_told_line_by_line() -> None:
    sent = Sent(subject="Qualité de l’air", text="Un plan d’ici l’automne.\n\n  Un budget.\n")
    assert opening(sent=sent).endswith("En voici l’essentiel :")
    assert words(sent=sent)["demand"] == ["Un plan d’ici l’automne.", "Un budget."]
    assert words(sent=sent)["subject"] == "Suivi de notre lettre – Qualité de l’air"
    assert words()["demand"] == []


@pytest.mark.parametrize(
    ("resolutions", "said"),
    [
        (RESOLUTIONS[:1], "à la résolution 23, adoptée par notre assemblée le 13 mai 2023."),
        ((Resolution("7", "Titre"),), "à la résolution 7."),
        ((*RESOLUTIONS, Resolution("7", "Titre", "2022")), "aux résolutions 23, 24 et 7."),
    ],
)
def test_resolutions_and_when_they_were_adopted(resolutions: tuple[Resolution, ...], said: str) -> None:
    assert opening(resolutions=resolutions).endswith(f"Cette lettre donnait suite {said}")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (None, "2023."),
        (Count(0, 4), "2023."),
        (Count(1, 1), "Elle portait aussi une autre signature."),
        (Count(12, None), "Elle portait aussi 12 autres signatures."),
    ],
)
def test_others_who_signed(count: Count | None, said: str) -> None:
    assert opening(sent=Sent(day="2024-06-26", cosigners=count)).endswith(said)


@pytest.mark.parametrize(
    ("count", "days", "said"),
    [
        (Count(0, 0), (), ""),
        (Count(0, None), (), ""),
        (Count(1, 1), (), "Depuis, nous avons fait une relance. "),
        (Count(9, 9), (), "Depuis, nous avons fait neuf relances. "),
        (Count(10, 10), (), "Depuis, nous avons fait 10 relances. "),
        (Count(1, None), (), "Depuis, nous avons fait au moins une relance. "),
        (Count(2, None), (), "Depuis, nous avons fait au moins deux relances. "),
        (Count(2, None, "au moins 2"), (), "Depuis, nous avons fait au moins deux relances. "),
        (Count(2, None, "plusieurs"), (), "Depuis, nous avons fait plusieurs relances. "),
        (Count(2, 4, "2 à 4"), (), "Depuis, nous avons fait de deux à quatre relances. "),
        (Count(1, 1), ("2024-09-03",), "Depuis, nous avons fait une relance, le 3 septembre 2024. "),
        (Count(2, 2), ("2024-09-03", "2024-10-15"),
         "Depuis, nous avons fait deux relances, les 3 septembre et 15 octobre 2024. "),
        (Count(2, 2), ("2024-09-03", "2024-23"),
         "Depuis, nous avons fait deux relances, le 3 septembre 2024 et à l’automne 2024. "),
        (Count(3, None, "au moins trois"), ("2024-09-03", "2024-23"),
         "Depuis, nous avons fait au moins trois relances, la dernière à l’automne 2024. "),
    ],
)  # fmt: skip
def test_reminders_are_counted_as_far_as_they_are_known(count: Count, days: tuple[str, ...], said: str) -> None:
    assert since(reminders=count, reminded=days) == f"{said}À ce jour, nous n’avons reçu aucune réponse."


@pytest.mark.parametrize(
    ("count", "day", "said"),
    [
        (Count(0, 1), None, "Il y a quelque temps, nous vous avons écrit."),
        (Count(9, 9), None, "À neuf reprises, nous vous avons écrit."),
        (Count(2, None), "2024-06-26",
         "À au moins deux reprises, nous vous avons écrit. La première fois, c’était le 26 juin 2024."),
        (Count(2, None, "plusieurs"), "2024", "À plusieurs reprises, nous vous avons écrit. La première fois, c’était en 2024."),
        (Count(2, 4, "2 à 4"), None, "De deux à quatre fois, nous vous avons écrit."),
    ],
)
def test_what_was_sent_more_than_once(count: Count, day: str | None, said: str) -> None:
    assert opening(sent=Sent(count=count, day=day)).startswith(f"{said} Cette lettre")


def test_what_came_back_so_far() -> None:
    assert since(acknowledged="2024-07-03").startswith("On nous en a accusé réception le 3 juillet 2024. À ce jour,")
    assert since(promised="2024-09-30") == (
        "Une réponse devait nous parvenir le 30 septembre 2024; nous n’en avons reçu aucune à ce jour."
    )


def test_what_is_not_known_is_left_to_be_filled_in() -> None:
    said = words(organisation="", signatory="")
    assert (said["organisation"], said["signatory"]) == ("[Nom de l’organisation]", "[Nom]")


def test_a_number_is_never_parted_from_its_word() -> None:
    said = words(sent=Sent(day="2024-06-01", cosigners=Count(12, 12)), since=Since(Count(1, 1), ("2024-09-03",)))
    assert said["date"] == "Le 12\u00a0mai 2025"
    assert "1er\u00a0juin 2024" in said["subject"]
    assert "12\u00a0autres" in said["opening"][0]
    assert "3\u00a0septembre 2024" in said["rest"][0]


def test_in_english() -> None:
    said = words("en", sent=Sent("letter", "2024-06-26", predecessor=HER))
    assert (plain(said["date"]), said["subject_label"], said["salutation"]) == ("12 May 2025", "Subject:", "Dear Minister,")
    assert plain(said["opening"][0]).startswith(
        "On 26 June 2024, we wrote to your predecessor, Ms. Anne Brodeur. This letter followed up on resolutions 23 and 24,"
    )
    assert plain(said["rest"][0]) == (
        "Since then, we have sent at least three reminders. To this day, we have received no answer."
    )
