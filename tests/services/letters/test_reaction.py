"""The letter that a step asks for: prepared by itself, attached once whatever happens, and never in the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from domain.attachments import FileAttached
from domain.clocks import EscalationStepTaken
from domain.demarche.demarche import Demarche
from domain.errors import SuiviError
from projections.phrases.catalogue import say
from services.execute import SYSTEM
from services.letters import reaction
from services.letters.drafting import MEDIA_TYPE, Draft
from services.letters.gathering import NothingAwaited
from services.letters.reaction import NotPrepared, prepare, prepared
from services.mail import reaction as mailing
from services.refs import Refs
from services.schema import Urls
from services.store import Store
from services.templates.faults import FieldUnknown
from tests.services.letters.reminding import text_of
from tests.services.letters.test_rendering import template
from tests.services.mailing import ZONE, PostOffice, post_office

SILENT = datetime(2024, 11, 25, 10, tzinfo=ZONE)  # after the forty-fifth working day, before the sixtieth
PATIENCE = 60.0


@pytest.fixture
def office(database: Urls, tmp_path: Path) -> Iterator[PostOffice]:
    """A letter of the 16th of September that nobody answers."""
    with post_office(database) as office:
        office.settings = replace(office.settings, home=tmp_path)
        office.do("office:edu", "create", name="ministre de l’Éducation", legislature="QC")
        office.do("2023:17", "adopt", titles={"17": "Des écoles bien aérées"})
        send(office)
        yield office


def send(office: PostOffice, *cases: str) -> None:
    office.do("demarche:new", "send", cases=list(cases or ["2023:17"]), office=["office:edu"], owner="Marie")


def thread(store: Store, number: int = 1) -> Demarche:
    return store.load(Demarche, Refs(store).demarche(f"demarche:{number}"))


def step(office: PostOffice, number: int = 1) -> EscalationStepTaken:
    """The last one that asks for a letter."""
    events = [recorded.event for recorded in thread(office.store, number).history]
    return [event for event in events if isinstance(event, EscalationStepTaken) and event.draft][-1]


def said(office: PostOffice, number: int = 1) -> FileAttached | SuiviError:
    return prepared(office.store, office.settings.home, thread(office.store, number), step(office, number))


def letters(office: PostOffice, number: int = 1) -> list[FileAttached]:
    return [event for _, event in thread(office.store, number).attachments]


def content(office: PostOffice, file: FileAttached) -> bytes:
    row = office.store.connection.execute("SELECT content FROM suivi.attachments WHERE sha256 = decode(%s, 'hex')",
                                          (file.file,)).fetchone()  # fmt: skip
    assert row
    return bytes(row[0])


def test_the_letter_is_attached_to_the_thread_once(office: PostOffice) -> None:
    assert office.reach(SILENT)
    assert prepare(office.store, office.settings.home) == 1
    (letter,) = letters(office)
    assert (letter.name, letter.kind, letter.type) == (
        "Relance – Éducation – 2024-11-25.docx", "projet de lettre", MEDIA_TYPE,
    )  # fmt: skip
    assert thread(office.store).history[-1].actor == SYSTEM.person
    text = text_of(content(office, letter)).replace("\u00a0", " ")
    for words in ("Le 25 novembre 2024", "Le 16 septembre 2024, nous vous avons écrit.", "17 : Des écoles bien aérées", "Marie"):
        assert words in text
    assert said(office) == letter
    assert prepare(office.store, office.settings.home) == 0
    office.settle()
    assert prepare(office.store, office.settings.home) == 0
    assert letters(office) == [letter]


def test_no_letter_before_the_step_that_asks_for_one(office: PostOffice) -> None:
    assert office.reach(datetime(2024, 10, 31, 10, tzinfo=ZONE))
    assert prepare(office.store, office.settings.home) == 0
    assert letters(office) == []


def die_before_the_place_moves(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reaction, "_ADVANCE", "SELECT %s::bigint / 0, %s::text")
        with pytest.raises(psycopg.errors.DivisionByZero):
            prepare(office.store, office.settings.home)


def test_who_dies_before_saying_so_leaves_it_done(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    office.reach(SILENT)
    die_before_the_place_moves(office, monkeypatch)
    assert prepare(office.store, office.settings.home) == 1
    assert len(letters(office)) == 1


def test_twin_a_new_command_id_each_time_attaches_it_twice(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaction, "command_of", lambda event: uuid4())
    office.reach(SILENT)
    die_before_the_place_moves(office, monkeypatch)
    prepare(office.store, office.settings.home)
    assert len(letters(office)) == 2


def at_once(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, of which each has written the letter before either attaches it."""
    both, write = threading.Barrier(2), reaction._letter
    first = threading.local()

    def written(store: Store, home: Path, demarche: Demarche, event: EscalationStepTaken) -> Draft:
        letter = write(store, home, demarche, event)
        if not getattr(first, "over", False):
            first.over = True
            both.wait(PATIENCE)
        return letter

    monkeypatch.setattr(reaction, "_letter", written)
    assert office.at_once(2, lambda store: prepare(store, office.settings.home)) == [1, 1]


def test_two_at_once_attach_it_once(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    office.reach(SILENT)
    at_once(office, monkeypatch)
    assert len(letters(office)) == 1


def test_twin_two_at_once_under_ids_of_their_own_attach_it_twice(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaction, "command_of", lambda event: uuid4())
    office.reach(SILENT)
    at_once(office, monkeypatch)
    assert len(letters(office)) == 2


def test_a_bad_template_is_said_and_holds_up_nothing(office: PostOffice, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    bad = template(tmp_path / "templates", "{{ ministre }}")
    office.reach(SILENT)
    assert prepare(office.store, office.settings.home) == 1
    assert letters(office) == []
    assert isinstance(reason := said(office), FieldUnknown)
    assert str(bad) in say(reason, "fr")
    bad.unlink()
    send(office)
    office.reach(datetime(2025, 2, 7, 10, tzinfo=ZONE))
    assert prepare(office.store, office.settings.home) == 1
    assert (len(letters(office)), len(letters(office, 2))) == (0, 1)
    assert isinstance(said(office), NotPrepared)


def test_what_was_not_foreseen_is_written_down(office: PostOffice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    office.reach(SILENT)
    monkeypatch.setattr(reaction, "draft", lambda *_, **__: 1 // 0)
    assert prepare(office.store, office.settings.home) == 1
    assert "ZeroDivisionError" in (tmp_path / "failures.log").read_text()
    assert isinstance(said(office), NotPrepared)


def test_the_database_going_away_is_not_taken_for_a_bad_letter(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.reach(SILENT)
    with monkeypatch.context() as patch:
        patch.setattr(reaction, "draft", lambda *_, **__: office.store.connection.close())
        with pytest.raises(psycopg.OperationalError):
            prepare(office.store, office.settings.home)
    office.store.reconnect()
    assert prepare(office.store, office.settings.home) == 1
    assert len(letters(office)) == 1


def test_an_answer_that_came_a_moment_before_leaves_nothing_to_write(office: PostOffice) -> None:
    office.reach(SILENT)
    office.do("demarche:1", "answer", answer="accepts")
    assert prepare(office.store, office.settings.home) == 1
    assert letters(office) == []
    assert isinstance(said(office), NothingAwaited)


def test_what_not_all_may_see_is_not_in_it(office: PostOffice) -> None:
    office.do("2023:18", "adopt", titles={"18": "Une affaire délicate"})
    office.do("2023:18", "restrict", visibility="officers")
    send(office, "2023:17", "2023:18")
    office.reach(SILENT)
    prepare(office.store, office.settings.home)
    (letter,) = letters(office, 2)
    assert "Des écoles bien aérées" in (text := text_of(content(office, letter)))
    assert "délicate" not in text


def mails(office: PostOffice) -> list[str]:
    """The messages about the step that asks for a letter, without the breaks of lines: to Marie and to the secretary."""
    asked = step(office).id
    return [" ".join(row["body"].replace("\u00a0", " ").split()) for row in office.rows() if row["step"] == asked]


def test_the_mail_says_that_the_letter_is_there(office: PostOffice) -> None:
    assert office.ring(SILENT)
    assert len(letters(office)) == 1
    ready = (
        "Une lettre de relance est jointe à demarche:1 (« Relance – Éducation – 2024-11-25.docx ») : relisez-la,"
        " retouchez-la, envoyez-la. Suivi n’envoie rien à une autorité de lui-même."
    )
    assert [ready in mail for mail in mails(office)] == [True, True]


def test_the_mail_goes_without_it_and_says_why(office: PostOffice, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    template(tmp_path / "templates", "{{ ministre }}")
    assert office.ring(SILENT)
    assert len(mails(office)) == 2
    for mail in mails(office):
        assert "Aucune lettre de relance n’a été préparée. Le modèle" in mail and "nomme un champ qui n’existe pas" in mail


def test_a_step_is_told_of_once_its_letter_was_seen_to(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    office.reach(SILENT)
    with monkeypatch.context() as patch:
        patch.setattr(mailing, "prepare", lambda store, home: store.connection.execute(reaction._BEGIN, {"name": "drafts"}))
        assert (mailing.react(office.store, office.settings), mails(office)) == (0, [])
    assert mailing.react(office.store, office.settings) > 0
    assert ["est jointe" in mail for mail in mails(office)] == [True, True]
