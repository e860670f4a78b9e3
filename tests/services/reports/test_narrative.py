"""The draft of a case: what the demonstration's cases give, and what no draft may ever say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import json
from msgspec.structs import replace

from domain.amendments import standing
from domain.base import Recorded
from domain.case.case import Case
from domain.case.events import CaseNoted
from domain.demarche.demarche import Demarche
from domain.demarche.events import DemarcheNoted
from projections.phrases.typography import NO_BREAK
from services.demonstration import KEY, STANDS_AT, load
from services.home import Home
from services.reading import When, cases
from services.refs import Refs
from services.reports.drafts import draft_of
from services.reports.narrative import Ground
from services.schema import Urls
from services.simulation import begin
from tests.homes import do, opened, secretary
from tests.projections.lives import Lives

NUMBERS = {"une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9}
ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OF_LETTERS = re.compile(
    r"(au moins )?(une|deux|trois|quatre|cinq|six|sept|huit|neuf|\d+) (?:relance|lettre|requête|demande)s?\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def home(database_of_module: Urls) -> Iterator[Home]:
    with opened(database_of_module) as home:
        begin(home.store, STANDS_AT)
        load(home, secretary(home))
        yield home


def drafted(home: Home, ref: str, lang: Any = "fr", when: When = When()) -> str:  # noqa: B008 - a value
    return draft_of(home, ref, when, lang).text.replace(NO_BREAK, " ")


def test_letters_of_one_mailing_are_numbers_of_a_list(home: Home) -> None:
    text = drafted(home, f"{KEY}:23")
    assert (
        "Firmin Lacoulée a envoyé trois lettres le 26 juin 2024 :\n\n1. Au ministre de l’Éducation, Bernard Drainville."
        in text
    )
    assert (
        "Au moins trois relances ont suivi. Nous souhaitons une rencontre à l’automne 2024; rien n’est encore fixé."
        in text
    )
    assert "2. À la ministre de la Famille, Suzanne Roy. Une relance a suivi par téléphone. " in text
    assert "Une rencontre est prévue le 24 septembre 2024 à Québec." in text


def test_who_left_an_office_held_it_then_and_its_staff_is_not_its_holder(home: Home) -> None:
    text = drafted(home, f"{KEY}:17")
    assert "au ministre de l’Économie, de l’Innovation et de l’Énergie de l’époque, Pierre Fitzgibbon." in text
    assert "Le ministre a décliné notre demande. La raison donnée : « Aucune plage libre à l’agenda »." in text
    assert "Nous avons rencontré le cabinet de la ministre le 4 juillet 2024 à Montréal." in text
    assert "On nous a dit de nous adresser au ministre de l’Environnement" in text
    assert "Plusieurs demandes de rencontre ont été envoyées au ministre de l’Environnement" in text
    assert "Nous avons rencontré la ministre" not in text


def test_silence_is_told_as_silence_and_only_where_there_is_some(home: Home) -> None:
    silent = "À ce jour, nous n’avons reçu aucune réponse."
    assert f"Neuf requêtes ont été envoyées à la ou au ministre de la Sécurité publique. {silent}" in drafted(
        home, f"{KEY}:22"
    )
    assert silent not in drafted(home, f"{KEY}:20")


def test_parts_are_told_one_after_the_other(home: Home) -> None:
    text = drafted(home, f"{KEY}:21")
    assert text.index("Au Canada : Les travaux ont commencé") < text.index(
        "Au Québec : Les rencontres restent à tenir."
    )


def test_what_remains_is_a_list_and_what_was_corrected_is_told_as_corrected(home: Home) -> None:
    assert "Il reste à faire :\n\n- Terminer le relevé" in drafted(home, f"{KEY}:19")
    text = drafted(home, f"{KEY}:8")
    assert "Le 14 février 2024 :" in text
    assert "15 février" not in text


def test_in_english_too(home: Home) -> None:
    text = drafted(home, f"{KEY}:17", "en")
    assert "Several requests for a meeting were sent to Benoit Charette" in text
    assert "We met the staff of Maïté Blanchette-Vézina on 4 July 2024 in Montréal." in text


def test_as_of_an_earlier_day_nothing_is_known_of_what_followed(home: Home) -> None:
    text = drafted(home, f"{KEY}:17", when=When(as_of="2024-07-31"))
    assert "4 juillet 2024" in text
    assert "12 août" not in text
    assert "Rien ne peut avancer" not in text


def test_nothing_but_the_adoption_is_no_follow_up(database: Urls) -> None:
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Assemblée annuelle 2023", date="2023-05-13")
        do(home, "2023:1", "adopt", numbers=["1"], titles={"1": "Titre"})
        home.catch_up()
        assert drafted(home, "2023:1") == "Aucun suivi n’a été rapporté."
        do(home, "2023:1", "note", text="Pour le bureau seulement.")
        do(home, "2023:1", "add-task", text="Rappeler le cabinet.")
        assert drafted(home, "2023:1") == "Aucun suivi n’a été rapporté."


def test_no_note_of_the_office_is_in_any_draft(home: Home) -> None:
    told = 0
    for row in cases(home, When()):
        text = drafted(home, row["ref"])
        for entry in histories(home, row["ref"]):
            event = entry.event
            if isinstance(event, CaseNoted | DemarcheNoted) and event.audience == "internal":
                told += 1
                assert event.text.replace(NO_BREAK, " ")[:40] not in text
    assert told > 10


def histories(home: Home, ref: str) -> list[Recorded]:
    case = home.store.load(Case, Refs(home.store).case(ref))
    threads = [home.store.load(Demarche, thread) for thread in case.threads]
    return [entry for each in (case, *threads) for entry in standing(each.history)]


def faults(home: Home, ref: str) -> list[str]:
    """What a draft says that its facts do not: numbers of any kind, counts of letters, names of people."""
    text = drafted(home, ref)
    standing_now = histories(home, ref)
    facts = json.encode([entry.event for entry in standing_now]).decode()
    known = {int(number) for number in re.findall(r"\d+", ID.sub("", facts))}
    known |= {year + 1 for year in known if year > 1900}  # a winter straddles two years
    said = re.sub(r"«.*?»", "", text)
    for (name,) in home.store.connection.execute("SELECT name FROM read.directory").fetchall():
        said = said.replace(name, "")
    said = re.sub(r"\d{4}:\d+|^\d+\. |années 20\d0", "", said, flags=re.MULTILINE)  # REFs, numbers of a list, decades
    counts = list(OF_LETTERS.finditer(said))
    numbers = re.findall(r"\d+", OF_LETTERS.sub("", said))
    found = [f"nombre {n}" for n in numbers if int(n) not in known]
    found += [f"compte {each[0]}" for each in counts if not _counted(each, standing_now)]
    for key, stream in Refs(home.store).keys("person").items():
        name = home.store.connection.execute("SELECT name FROM read.directory WHERE key = %s", (key,)).fetchone()
        if (
            name
            and re.search(rf"\b{re.escape(name[0])}\b", text)
            and str(stream) not in facts
            and not _holder(home, str(stream), facts)
        ):
            found.append(f"personne {name[0]}")
    return found


def _counted(said: re.Match[str], entries: list[Recorded]) -> bool:
    """Whether some counts that follow one another make at most as many, or exactly as many."""
    n = NUMBERS.get(said[2].lower()) or int(said[2])
    counts = [entry.event.count for entry in entries if hasattr(entry.event, "count")]
    runs = [counts[i:j] for i in range(len(counts)) for j in range(i + 1, len(counts) + 1)]
    sums = [(sum(c.min for c in run), any(c.max is None for c in run), sum(c.max or 0 for c in run)) for run in runs]
    return any(
        least == n and (open_ended if said[1] else (not open_ended and most == n)) for least, open_ended, most in sums
    ) or (not said[1] and n == len({str(e.originator_id) for e in entries if type(e.event).__name__ == "DemarcheSent"}))


def _holder(home: Home, person: str, facts: str) -> bool:
    """Whether the person holds an office that the facts name."""
    rows = home.store.connection.execute(
        "SELECT stream::text FROM suivi.events WHERE convert_from(data, 'UTF8') LIKE %s AND topic LIKE 'Appointed%%'",
        (f"%{person}%",),
    )
    return any(stream in facts for (stream,) in rows)


def test_every_number_count_and_person_of_the_demonstration_is_in_its_facts(home: Home) -> None:
    refs = [row["ref"] for row in cases(home, When())]
    assert len(refs) == 25
    assert {ref: found for ref in refs if (found := faults(home, ref))} == {}


@pytest.mark.parametrize("seed", [2, 7, 11])
def test_random_lives_with_corrections_and_retractions_are_told_as_they_stand(
    database: Urls, tmp_path: Path, seed: int
) -> None:
    with opened(database) as home:
        lives = Lives(home, tmp_path, seed)
        lives.adopt(6)
        lives.live(160)
        home.catch_up()
        found = {row["ref"]: faults(home, row["ref"]) for row in cases(home, When())}
        assert found
        assert {ref: said for ref, said in found.items() if said} == {}


def test_a_retracted_fact_leaves_no_trace(database: Urls) -> None:
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Assemblée annuelle 2023", date="2023-05-13")
        do(home, "2023:1", "adopt", numbers=["1"], titles={"1": "Titre"})
        do(home, "2023:1", "refer", occurred="2023-06", body="Comité de l’eau", mandate="étudier")
        do(home, "2023:1", "note", text="Une note pour tous.", audience="assembly")
        home.catch_up()
        assert "Comité de l’eau en juin 2023, avec le mandat suivant : « étudier »." in drafted(home, "2023:1")
        do(home, "2023:1", "correct", event="@2", set={"occurred": "2023-07"}, reason="mal daté")
        assert "en juillet 2023" in drafted(home, "2023:1")
        assert "juin" not in drafted(home, "2023:1")
        do(home, "2023:1", "retract", event="@2", reason="erreur")
        do(home, "2023:1", "retract", event="@3", reason="erreur")
        assert drafted(home, "2023:1") == "Aucun suivi n’a été rapporté."


@pytest.mark.parametrize(
    ("words", "as_of", "said"),
    [
        ("juin dernier", "2023-09-01", "en juin dernier"),
        ("juin dernier", "2024-09-01", "en juin 2023"),
        ("26 juin", "2023-09-01", "le 26 juin"),
        ("26 juin", "2025-01-05", "le 26 juin 2023"),
    ],
)
def test_words_of_a_date_stay_where_they_are_still_true(database: Urls, words: str, as_of: str, said: str) -> None:
    occurred = "2023-06-26" if "26" in words else "2023-06"
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Assemblée annuelle 2023", date="2023-05-13")
        do(home, "2023:1", "adopt", numbers=["1"], titles={"1": "Titre"})
        do(home, "2023:1", "start", occurred=occurred)
        case = home.store.load(Case, Refs(home.store).case("2023:1"))
        told = replace(case.history[-1].event, words={"occurred": words})
        assert Ground.of(home.store.present.organisation, date.fromisoformat(as_of), "fr").when(told) == said
