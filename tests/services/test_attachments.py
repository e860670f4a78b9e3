"""A file and its event are stored together or not at all; what is kept is what was attached, and is given to whoever
may see it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.attachments import NoteUnknown
from domain.case.refusals import FactsMissing, RoleMissing
from domain.errors import SuiviError
from services import accounts
from services.act import Ask, AskWithFile, act
from services.attachments.contents import PIECE, Attached, ContentDamaged, pieces, verify
from services.attachments.files import LARGEST, FileNeeded, upload
from services.doctor import ContentsDamaged, examine
from services.execute import Actor, OtherRequest
from services.home import Home
from services.reading import When, case, history
from services.reading.attachments import AttachmentUnknown, NameOfSeveral, attachment, attachments
from services.refs import CaseUnknown
from services.schema import Urls
from services.servers import Server
from services.store import Recorder
from tests.homes import do, opened, secretary
from tests.services.planting import planted

LETTER = b"%PDF-1.7\n" + b"Madame la ministre\n" * 6000
NOW = When()


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, "2023:17", "adopt", title="Des vélos pour les quartiers")
        do(home, "2023:18", "adopt", title="Des trains")
        yield home


def attach(
    home: Home, content: bytes = LETTER, name: str = "lettre.pdf", ref: str = "2023:17", by: Actor | None = None,
    id: UUID | None = None, **facts: object,
) -> None:  # fmt: skip
    ask = AskWithFile(ref=ref, verb="attach", facts={"kind": "lettre", **facts}, upload=upload(name, content))
    act(home.store, by or secretary(home), ask, id)
    home.catch_up()


def kept(home: Home) -> dict[str, bytes]:
    rows = home.store.connection.execute("SELECT encode(sha256, 'hex'), content FROM suivi.attachments")
    return {name: bytes(content) for name, content in rows}


def content(home: Home, ref: str = "2023:17", wanted: str = "lettre.pdf") -> bytes:
    return b"".join(pieces(home.reader, attachment(home, ref, wanted, NOW)))


def count(home: Home) -> int:
    row = home.store.connection.execute("SELECT count(*) FROM suivi.events").fetchone()
    assert row
    return int(row[0])


def test_a_file_is_kept_as_it_came_and_told(home: Home) -> None:
    attach(home, occurred="2024-06-26")
    digest = sha256(LETTER).hexdigest()
    (row,) = attachments(home, "17", NOW)
    assert case(home, "17", NOW)["attachments"] == [row]
    assert row | {"recorded_at": None, "position": None} == {
        "sha256": digest, "name": "lettre.pdf", "size": len(LETTER), "type": "application/pdf", "kind": "lettre",
        "note": None, "occurred": "2024-06-26", "recorded_at": None, "position": None, "version": 2, "as_named": True,
    }  # fmt: skip
    assert content(home) == LETTER and content(home, wanted=digest) == LETTER and content(home, wanted=digest[:8]) == LETTER
    told = history(home, "17", NOW, "fr")[-1]
    assert told["text"].replace("\u00a0", " ") == "Pièce jointe : « lettre.pdf » (lettre, PDF, 115 ko)."
    assert told["data"]["file"] == digest and told["position"] == row["position"]


def test_the_same_content_is_kept_once(home: Home) -> None:
    attach(home)
    attach(home, name="copie.pdf")
    attach(home, ref="2023:18")
    assert kept(home) == {sha256(LETTER).hexdigest(): LETTER}
    assert [row["name"] for row in attachments(home, "17", NOW)] == ["lettre.pdf", "copie.pdf"]
    assert attachment(home, "17", sha256(LETTER).hexdigest(), NOW).event.name == "copie.pdf"


def test_a_name_of_two_contents_needs_a_fingerprint(home: Home) -> None:
    attach(home)
    attach(home, b"Autre chose.", name="lettre.pdf")
    with pytest.raises(NameOfSeveral):
        content(home)
    assert content(home, wanted=sha256(b"Autre chose.").hexdigest()[:8]) == b"Autre chose."
    for wanted in ("", "l", sha256(LETTER).hexdigest()[:7], "0" * 64, "autre.pdf"):
        with pytest.raises(AttachmentUnknown):
            content(home, wanted=wanted)


def test_a_file_as_large_as_may_be_comes_back_piece_by_piece(home: Home) -> None:
    large = b"\x00\x01\x02\x03" * (LARGEST // 4)
    attach(home, large, name="film")
    found = list(pieces(home.reader, attachment(home, "17", "film", NOW)))
    assert len(found) == LARGEST // PIECE and b"".join(found) == large


def test_a_file_goes_with_a_note_that_stands(home: Home) -> None:
    do(home, "2023:17", "note", text="Reçu par la poste.")
    home.catch_up()
    position = history(home, "17", NOW, "fr")[-1]["position"]
    attach(home, note=str(position))
    assert attachments(home, "17", NOW)[0]["note"] == position
    assert history(home, "17", NOW, "fr")[-1]["text"].endswith(f"; elle accompagne la note {position}.")
    do(home, "2023:17", "retract", event=str(position), reason="erreur")
    home.catch_up()
    before = count(home), kept(home)
    for wrong in (str(position), "2023:17@1"):
        with pytest.raises(NoteUnknown):
            attach(home, b"autre", note=wrong)
    assert (count(home), kept(home)) == before


def test_what_is_refused_leaves_nothing(home: Home) -> None:
    accounts.add(home.store, secretary(home), "vera", ["auditor"])
    vera, before = accounts.enter(home.store, "vera")[0], count(home)
    with pytest.raises(RoleMissing):
        attach(home, by=vera)
    with pytest.raises(FactsMissing):
        attach(home, kind=" ")
    with pytest.raises(CaseUnknown):
        attach(home, ref="2023:99")
    for file in ({}, {"file": "lettre.pdf"}, {"file": {"sha256": "00" * 32, "name": "x", "size": 1, "type": "text/plain"}}):
        with pytest.raises(FileNeeded):
            act(home.store, secretary(home), Ask(ref="17", verb="attach", facts={"kind": "lettre", **file}))
    assert (count(home), kept(home)) == (before, {})


def test_a_command_sent_again_attaches_once(home: Home) -> None:
    id, before = uuid4(), count(home)
    for _ in range(2):
        attach(home, id=id)
    assert count(home) == before + 1
    with pytest.raises(OtherRequest):
        attach(home, b"autre", id=id)
    assert list(kept(home).values()) == [LETTER]


def test_a_retracted_file_is_no_longer_there_and_still_proved(home: Home) -> None:
    attach(home)
    position = attachments(home, "17", NOW)[0]["position"]
    do(home, "2023:17", "correct", event=str(position), set={"name": "accusé.pdf"}, reason="mal nommé")
    assert [row["name"] for row in attachments(home, "17", NOW)] == ["accusé.pdf"]
    for fixed in ("file", "size", "type"):
        with pytest.raises(SuiviError):
            do(home, "2023:17", "correct", event=str(position), set={fixed: "x"}, reason="non")
    do(home, "2023:17", "retract", event=str(position), reason="mauvais dossier")
    home.catch_up()
    assert attachments(home, "17", NOW) == []
    assert verify(home.store).kept == 1 and not verify(home.store).bad


def test_a_case_that_is_hidden_hides_its_files(home: Home, database: Urls) -> None:
    attach(home)
    accounts.add(home.store, secretary(home), "jean", ["officer"])
    do(home, "2023:17", "restrict", visibility="named", people=["person:ana"])
    home.catch_up()
    with opened(database, "jean") as other:
        for look in (lambda: attachments(other, "17", NOW), lambda: content(other)):
            with pytest.raises(CaseUnknown):
                look()
    assert content(home) == LETTER


def test_nobody_changes_a_content(home: Home, database: Urls) -> None:
    attach(home)
    for statement in (
        "UPDATE suivi.attachments SET content = 'x'", "DELETE FROM suivi.attachments", "TRUNCATE suivi.attachments",
        "INSERT INTO suivi.attachments (sha256, content, created_at) VALUES ('\\x00', 'x', now())",
        "ALTER TABLE suivi.attachments DISABLE TRIGGER ALL", "DROP TABLE suivi.attachments",
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            home.store.connection.execute(statement)
    with psycopg.connect(database.owner, autocommit=True) as owner:
        for statement in ("UPDATE suivi.attachments SET content = 'x'", "DELETE FROM suivi.attachments",
                          "TRUNCATE suivi.attachments"):  # fmt: skip
            with pytest.raises(psycopg.Error, match="never changed"):
                owner.execute(statement)
    with pytest.raises(psycopg.Error, match="not the hash"):
        home.store.connection.execute("INSERT INTO suivi.attachments (sha256, content) VALUES ('\\x00', 'x')")
    with pytest.raises(psycopg.errors.CheckViolation):
        home.store.connection.execute("INSERT INTO suivi.attachments (sha256, content) VALUES (sha256(''), '')")


def test_the_reader_has_contents_by_their_events_only(home: Home) -> None:
    attach(home)
    for asked in ("content", "*"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            home.reader.execute(f"SELECT {asked} FROM suivi.attachments")
    file = attachment(home, "17", "lettre.pdf", NOW)
    assert content(home) == LETTER
    for version in (1, file.version + 1):
        with pytest.raises(ContentDamaged):
            list(pieces(home.reader, Attached(file.stream, version, file.event)))


def flip(database: Urls, statement: str) -> None:
    """What only the owner can do, who takes the guard away."""
    with psycopg.connect(database.owner) as owner:
        owner.execute("ALTER TABLE suivi.attachments DISABLE TRIGGER no_change")
        owner.execute(statement)
        owner.execute("ALTER TABLE suivi.attachments ENABLE ALWAYS TRIGGER no_change")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE suivi.attachments SET content = set_byte(content, 70000, 1)",
        "UPDATE suivi.attachments SET content = substring(content FOR 1000)",
        "UPDATE suivi.attachments SET content = content || 'x'",
        "DELETE FROM suivi.attachments",
    ],
)
def test_a_content_that_is_not_what_it_was_is_seen(home: Home, database: Urls, statement: str) -> None:
    attach(home)
    assert not any(isinstance(each, ContentsDamaged) for each in examine(home).findings)
    flip(database, statement)
    (finding,) = [each for each in examine(home).findings if isinstance(each, ContentsDamaged)]
    assert finding.facts["names"] == ("lettre.pdf",)
    with pytest.raises(ContentDamaged):
        content(home)


ALONE = 'with self.connection.transaction() if append.contents else nullcontext():'


def all_or_nothing(home: Home, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server goes away between the content and its event: neither is there; sent again, both are."""
    id, before = uuid4(), count(home)
    insert = Recorder._insert

    def cut(self: Recorder, stored: object, append: object) -> None:
        monkeypatch.setattr(Recorder, "_insert", insert)
        self.connection.execute(
            "INSERT INTO suivi.attachments (sha256, content) VALUES (sha256(%b), %b)", (LETTER, LETTER)
        )
        with psycopg.connect(server.superuser_url) as owner:
            owner.execute("SELECT pg_terminate_backend(%s)", (self.connection.info.backend_pid,))
        monkeypatch.setattr(Recorder, "_insert", seen)
        insert(self, stored, append)  # type: ignore[arg-type]

    def seen(self: Recorder, stored: object, append: object) -> None:
        """The second try looks at what the first one left."""
        with psycopg.connect(home.urls.owner) as owner:
            assert owner.execute("SELECT count(*) FROM suivi.attachments").fetchone() == (0,)
        insert(self, stored, append)  # type: ignore[arg-type]

    monkeypatch.setattr(Recorder, "_insert", cut)
    attach(home, id=id)
    assert count(home) == before + 1 and content(home) == LETTER


def test_a_file_and_its_event_are_stored_together(home: Home, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    all_or_nothing(home, server, monkeypatch)


def test_twin_contents_of_their_own_are_seen(home: Home, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Recorder, "insert_events", planted(Recorder.insert_events, ALONE, "with nullcontext():"))
    with pytest.raises(AssertionError):
        all_or_nothing(home, server, monkeypatch)
