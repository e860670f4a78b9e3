"""An e-mail is read apart, and proposes: the thread, the day, the act, with the words that say so. Nothing is recorded."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import pytest

from projections.phrases.catalogue import say
from services import accounts
from services.attachments.clues import read_clues
from services.attachments.proposals import propose
from services.home import Home
from services.refs import DemarcheUnknown
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.mails import ANSWER, CAME, NO, mail


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    """Thread 1 to natural resources about 13, 2 and 3 to the environment about 17 and 22."""
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        for number in ("13", "17", "22"):
            do(home, f"2023:{number}", "adopt", title=f"Résolution {number}", adopted_on="2023-05-13")
        for key, name, address in (
            ("ressources", "Ministre des Ressources naturelles", "cabinet@mrn.example"),
            ("environnement", "Ministre de l’Environnement", "bureau@env.example"),
        ):
            do(home, f"office:{key}", "create", name=name, mail=address, legislature="QC")
        home.catch_up()
        for case, office in (("13", "ressources"), ("17", "environnement"), ("22", "environnement")):
            do(home, "demarche:new", "send", occurred="2024-05-02", cases=[f"2023:{case}"], office=[f"office:{office}"])
        home.catch_up()
        yield home


def events(home: Home) -> int:
    row = home.store.connection.execute("SELECT count(*) FROM suivi.events").fetchone()
    assert row
    return int(row[0])


def test_an_acknowledgement(home: Home) -> None:
    before = events(home)
    found = propose(home, mail(CAME))
    assert (found["ref"], found["matched_by"]) == ("demarche:1", "office")
    assert (found["verb"], found["confidence"]) == ("acknowledge", "high")
    assert found["office"] == {"ref": "office:ressources", "name": "Ministre des Ressources naturelles"}
    assert found["occurred"] == "2024-07-04", "the day here, not in UTC"
    assert found["sender"] == {"name": "Cabinet", "address": "cabinet@mrn.example"}
    words = "Nous accusons réception de votre lettre du 2 mai 2024."
    assert found["evidence"] == [{"text": words, "first_line": 3, "last_line": 4}]
    assert found["command"] == f"suivi act demarche:1 acknowledge --set text={shlex.quote(words)} --occurred 2024-07-04"
    assert found["remarks"] == [] and events(home) == before


def test_what_it_proposes_can_be_recorded(home: Home) -> None:
    for content, state in ((mail(CAME), "acknowledged"), (mail(NO), "declined")):
        found = propose(home, content)
        do(home, found["ref"], found["verb"], occurred=found["occurred"], **found["facts"])
        home.catch_up()
        if state == "acknowledged":
            assert propose(home, content)["ref"] == "demarche:1"
    assert propose(home, mail(CAME))["ref"] is None, "the thread is over"


def test_a_refusal_and_an_answer(home: Home) -> None:
    found = propose(home, mail(NO))
    assert (found["verb"], found["confidence"]) == ("decline", "high")
    assert found["facts"]["reason"].endswith("faute de disponibilités.")
    found = propose(home, mail(ANSWER))
    assert (found["verb"], found["confidence"], found["missing"]) == ("answer", "low", ["answer"])
    assert "--set answer=…" in found["command"]
    assert [type(each).__name__ for each in found["remarks"]] == ["AnswerToRead"]


def test_the_thread_by_the_message_that_is_answered(home: Home) -> None:
    stream = home.store.connection.execute("SELECT stream FROM suivi.keys WHERE (scope, key) = ('demarche', '3')").fetchone()
    assert stream
    home.store.connection.execute(
        "INSERT INTO suivi.outbox (id, step, stream, position, recipient, message_id, lang, subject, created_at, not_before)"
        " SELECT gen_random_uuid(), gen_random_uuid(), %s, 1, gen_random_uuid(), '<un@suivi.example>', 'fr', 'x', now(), now()",
        stream,
    )
    found = propose(home, mail(CAME, "x@ailleurs.example", References="<autre@x> <un@suivi.example>"))
    assert (found["ref"], found["matched_by"], found["office"]["ref"]) == ("demarche:3", "thread", "office:environnement")


@pytest.mark.parametrize("subject", ["Re: Suivi – demarche:3", "Votre référence : démarche 3", "Démarche no 3"])
def test_the_thread_by_the_reference_that_our_letter_gave(home: Home, subject: str) -> None:
    for sender in ("x@ailleurs.example", "bureau@env.example"):
        found = propose(home, mail(CAME, sender, subject=subject))
        assert (found["ref"], found["matched_by"], found["office"]["ref"]) == ("demarche:3", "reference", "office:environnement")
    assert propose(home, mail(CAME, "x@ailleurs.example", subject=f"{subject}, démarche 2"))["ref"] is None


def test_the_thread_by_the_case_that_is_named(home: Home) -> None:
    of_office = propose(home, mail(CAME, "bureau@env.example"))
    assert (of_office["ref"], of_office["alternatives"]) == (None, ["demarche:2", "demarche:3"])
    assert [say(each, "fr") for each in of_office["remarks"]] == [
        "Plusieurs démarches ouvertes conviennent\u00a0: choisissez-en une."
    ]
    for subject in ("Résolution 22", "Votre résolution no 22", "2023:22"):
        found = propose(home, mail(CAME, "bureau@env.example", subject=subject))
        assert (found["ref"], found["matched_by"]) == ("demarche:3", "cases"), subject
    given = propose(home, mail(CAME, "bureau@env.example"), "2")
    assert (given["ref"], given["matched_by"]) == ("demarche:2", "given")


@pytest.mark.parametrize(
    ("sender", "text", "office"),
    [
        ("Adjointe <j.roy@env.example>", CAME, "office:environnement"),
        ("x@gmail.com", f"{CAME}\nCabinet du ministre de l’Environnement", "office:environnement"),
        ("x@gmail.com", CAME, None),
        ("bureau@autre.example", CAME, None),
    ],
)
def test_the_office_by_its_domain_or_its_name(home: Home, sender: str, text: str, office: str | None) -> None:
    found = propose(home, mail(text, sender))
    assert (found["office"] and found["office"]["ref"]) == office
    assert ("OfficeUnknown" in [type(each).__name__ for each in found["remarks"]]) == (office is None)


@pytest.mark.parametrize(
    ("date", "remark"),
    [("hier soir", "NoDate"), ("", "NoDate"), ("Thu, 4 Jul 9999 21:30:00 -0400", "NoDate"), ("4 Jul 2024 99:99:99", "NoDate"),
     ("Thu, 4 Jul 2199 21:30:00 -0400", "DateToCome")],
)  # fmt: skip
def test_a_date_that_means_nothing_is_not_guessed(home: Home, date: str, remark: str) -> None:
    raw = mail(CAME, date="").replace(b"Subject:", f"Date: {date}\nSubject:".encode() if date else b"Subject:", 1)
    found = propose(home, raw)
    assert found["occurred"] is None and "--occurred" not in found["command"]
    assert [type(each).__name__ for each in found["remarks"]] == [remark]


def test_what_is_hidden_is_not_proposed(home: Home, database: Urls) -> None:
    accounts.add(home.store, secretary(home), "jean", ["officer"])
    do(home, "2023:13", "restrict", visibility="named", people=["person:ana"])
    home.catch_up()
    with opened(database, "jean") as other:
        assert propose(other, mail(CAME))["ref"] is None
        with pytest.raises(DemarcheUnknown):
            propose(other, mail(CAME), "demarche:1")


def test_a_shell_takes_each_fact_as_one_word(home: Home) -> None:
    hostile = "Nous déclinons '; rm -rf ~ #` $(reboot) \x1b[31m\u202e \"x\\"
    found = propose(home, mail(hostile, "\u202eevil <cabinet@mrn.example>"))
    words = shlex.split(found["command"])
    assert words[:4] == ["suivi", "act", "demarche:1", "decline"] and words[5].startswith("reason=Nous déclinons '; rm -rf ~")
    assert len(words) == 8 and found["command"].isprintable() and found["sender"]["name"].isprintable()


@pytest.mark.parametrize(
    ("text", "verb", "confidence"),
    [
        ("Nous avons bien reçu votre lettre.", "acknowledge", "high"),
        ("J’accuse bonne réception de votre envoi.", "acknowledge", "high"),
        ("We acknowledge receipt of your letter.", "acknowledge", "high"),
        ("Nous avons bien reçu votre lettre.\n\n" + "Le programme avance. " * 60, "acknowledge", "medium"),
        ("La ministre décline votre invitation.", "decline", "high"),
        ("Son agenda très chargé ne lui permet pas de vous voir.", "decline", "high"),
        ("Nous avons bien reçu votre lettre.\n\nNous ne sommes pas en mesure d’y\ndonner suite.", "decline", "high"),
        ("Le ministre vous répondra.\n\n> La ministre décline", "answer", "low"),
        ("Merci.\n\nLe 2 mai 2024, Ana a écrit :\nNous avons bien reçu", "answer", "low"),
        ("Merci.\n-----Message d’origine-----\nNous avons bien reçu", "answer", "low"),
        ("Merci.\nDe : Ana\nNous avons bien reçu votre", "answer", "low"),
        ("", "answer", "low"),
    ],
)
def test_what_the_words_say(text: str, verb: str, confidence: str) -> None:
    assert read_clues(text)[::2] == (verb, confidence)
