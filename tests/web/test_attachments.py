"""Files through HTTP: in by a form or as they are, out to be saved, for whoever may see what they belong to."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.attachments.files import LARGEST
from tests.web.desk import API, Client, Town
from web import guard
from web.api.attachments import disposition
from web.api.forms import FormUnreadable, fields

LETTER = b"%PDF-1.7\n" + bytes(range(256)) * 20_000
SHA = sha256(LETTER).hexdigest()
FACTS = {"kind": "lettre", "occurred": "26 juin 2024"}


def send(
    client: Client, content: bytes = LETTER, name: str = "lettre.pdf", facts: dict[str, str] | None = None,
    to: str = "/cases/17", **headers: str,
) -> httpx.Response:  # fmt: skip
    told = {key.replace("_", "-"): value for key, value in headers.items()}
    data = FACTS if facts is None else facts
    return client.request("POST", f"{API}{to}/attach", told, files={"file": (name, content)}, data=data)


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problemes/")


def test_a_file_comes_in_by_a_form_and_goes_out_as_it_was(place: Town) -> None:
    answer = send(place.ana)
    assert answer.status_code == 200, answer.text
    (row,) = answer.json()["attachments"]
    assert (row["sha256"], row["size"], row["type"], row["kind"], row["occurred"]) == (
        SHA, len(LETTER), "application/pdf", "lettre", "2024-06-26",
    )  # fmt: skip
    assert place.ana.items("/cases/17/attachments") == [row]
    for wanted in (SHA, SHA[:12], "lettre.pdf"):
        file = place.ana.get(f"/cases/17/attachments/{wanted}")
        assert (file.status_code, file.content) == (200, LETTER)
    told = file.headers
    assert told["content-disposition"] == "attachment; filename=\"lettre.pdf\"; filename*=UTF-8''lettre.pdf"
    assert (told["content-type"], told["x-content-type-options"], told["etag"]) == ("application/pdf", "nosniff", f'"{SHA}"')
    assert told["content-security-policy"] == "default-src 'none'; sandbox" and "private" in told["cache-control"]
    again = place.ana.request("GET", f"{API}/cases/17/attachments/{SHA}", {"If-None-Match": f'"{SHA}"'})
    assert (again.status_code, again.content) == (304, b"")
    head = place.ana.request("HEAD", f"{API}/cases/17/attachments/{SHA}")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(LETTER)))


def test_a_file_comes_in_as_it_is(place: Town) -> None:
    address = f"{API}/cases/17/attach?name={quote('Réponse finale.txt')}&kind=lettre&occurred=2024"
    answer = place.ana.request("POST", address, {"Content-Type": "text/plain"}, content="Bonjour, é".encode())
    (row,) = answer.json()["attachments"]
    assert (row["name"], row["type"], row["occurred"]) == ("Réponse finale.txt", "text/plain", "2024")
    file = place.ana.get(f"/cases/17/attachments/{row['sha256']}")
    assert file.headers["content-disposition"].endswith("filename*=UTF-8''R%C3%A9ponse%20finale.txt")


def test_it_is_recorded_once_for_each_key_and_needs_no_version(place: Town) -> None:
    place.do("17", "start")
    sent = [send(place.ana, Idempotency_Key="lundi", If_Match='"1"') for _ in range(2)]
    assert [each.headers.get("idempotent-replayed") for each in sent] == [None, "true"]
    assert len(place.ana.items("/cases/17/attachments")) == 1
    assert problem(send(place.ana, b"autre", Idempotency_Key="lundi")) == (422, "other-request")


def test_a_page_of_files(place: Town) -> None:
    for n in range(3):
        send(place.ana, f"{n}".encode(), f"{n}.txt")
    assert [row["name"] for row in place.ana.items("/cases/17/attachments", params={"limit": "2"})] == ["0.txt", "1.txt", "2.txt"]


def test_it_is_not_shown_as_what_its_name_says(place: Town) -> None:
    answer = send(place.ana, b"<html><script>alert(1)</script></html>", "lettre.pdf")
    (row,) = answer.json()["attachments"]
    assert (row["type"], row["as_named"]) == ("text/html", False)
    assert place.ana.items("/cases/17/history")[-1]["text"].endswith("; son nom dit autre chose.")
    file = place.ana.get(f"/cases/17/attachments/{row['sha256']}")
    assert file.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in file.headers["content-security-policy"] and file.headers["x-content-type-options"] == "nosniff"


def test_who_may_not_see_the_case_finds_no_file(place: Town) -> None:
    jean = place.someone("jean", "officer")
    send(place.ana)
    assert jean.get(f"/cases/17/attachments/{SHA}").status_code == 200
    place.do("17", "restrict", visibility="named", people=["person:ana"])
    for address in ("/cases/17/attachments", f"/cases/17/attachments/{SHA}"):
        assert problem(jean.get(address)) == (404, "case-unknown")
    assert problem(send(jean)) == (404, "case-unknown")
    assert problem(place.ana.get(f"/cases/5/attachments/{SHA}")) == (404, "attachment-unknown"), "of another case"


@pytest.mark.parametrize(
    ("content", "facts", "expected"),
    [
        (b"", FACTS, (422, "file-empty")),
        (b"x", {}, (422, "fact-missing")),
        (b"x", {"kind": "lettre", "vite": "oui"}, (422, "fact-unknown")),
        (b"x", {"kind": "lettre", "size": "3"}, (422, "fact-unknown")),
        (b"x", {"kind": "x" * 61}, (422, "kind-unfit")),
        (b"x", {"kind": "lettre", "note": "1"}, (422, "event-missing")),
        (b"x", {"kind": "lettre", "occurred": "un jour"}, (422, "bad-date")),
        (b"x" * (LARGEST + 1), FACTS, (413, "file-too-large")),
    ],
)
def test_refusals(place: Town, content: bytes, facts: dict[str, str], expected: tuple[int, str]) -> None:
    before = place.ana.items("/cases/17/history")
    answer = send(place.ana, content, facts=facts)
    assert problem(answer) == expected, answer.text
    assert place.ana.items("/cases/17/history") == before
    row = place.home.store.connection.execute("SELECT count(*) FROM suivi.attachments").fetchone()
    assert row == (0,)


@pytest.mark.parametrize("body", [{"json": {"kind": "lettre"}}, {"content": b""}, {"json": {"file": SHA, "kind": "x"}}])
def test_without_a_file(place: Town, body: dict[str, Any]) -> None:
    assert problem(place.ana.request("POST", f"{API}/cases/17/attach", **body)) == (422, "file-not-sent")


def test_what_is_too_large_is_refused_before_it_comes(place: Town) -> None:
    too_large = {"Content-Length": str(26 * 2**20 + 2**16), "Content-Type": "application/pdf"}
    answer = place.ana.request("POST", f"{API}/cases/17/attach?name=x&kind=y", too_large, content=b"x")
    assert problem(answer) == (413, "file-too-large")
    assert "25\u00a0Mo au plus" in answer.json()["detail"]
    assert place.ana.post("/cases/17/note", {"text": "x" * 2**21}).status_code == 413, "elsewhere the limit is lower"


def test_nobody_unknown_has_a_byte_of_a_file_read(place: Town) -> None:
    read: list[int] = []

    async def chunks() -> Any:
        for _ in range(20):
            read.append(1)
            yield b"x" * 2**20

    refused = place.nobody.holding("x" * 43).request("POST", f"{API}/cases/17/attach?name=x&kind=y", content=chunks())
    assert problem(refused) == (401, "token-needed") and len(read) <= 1
    reader = place.nobody.holding(place.token("read", name="reads"))
    assert problem(send(reader)) == (403, "scope-missing")


def test_a_content_that_changed_is_not_given_whole(place: Town) -> None:
    send(place.ana)
    with psycopg.connect(place.home.urls.owner) as owner:
        owner.execute("ALTER TABLE suivi.attachments DISABLE TRIGGER no_change")
        owner.execute("UPDATE suivi.attachments SET content = set_byte(content, 4000000, 1)")
    with pytest.raises(Exception):  # noqa: B017 - the answer is cut short, as a server would close the connection
        place.ana.get(f"/cases/17/attachments/{SHA}").raise_for_status().content  # noqa: B018


def test_a_thread_has_files_for_whoever_sees_one_of_its_cases(place: Town) -> None:
    jean = place.someone("jean", "officer")
    place.do("demarche:new", "send", cases=["2023:17"], kind="press_release")
    assert problem(place.ana.get("/demarches/9/attachments")) == (404, "demarche-unknown")
    answer = send(place.ana, to="/demarches/1")
    assert answer.status_code == 200, answer.text
    assert answer.json()["ref"] == "demarche:1" and len(answer.json()["attachments"]) == 1
    assert answer.json()["attachments"] == place.ana.items("/demarches/1/attachments")
    assert jean.get(f"/demarches/1/attachments/{SHA}").content == LETTER
    place.do("17", "restrict", visibility="named", people=["person:ana"])
    assert jean.get(f"/demarches/1/attachments/{SHA}").status_code == 404
    assert problem(jean.get("/demarches/17:2/attachments")) == (404, "demarche-unknown")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ('a"b.pdf', 'a_b.pdf'), ("é\n.pdf", "__.pdf"), ("a;b%20.pdf", "a;b_20.pdf"), ("\u202efdp.exe", "_fdp.exe"),
    ],
)  # fmt: skip
def test_a_name_stays_within_its_header(name: str, plain: str) -> None:
    said = disposition(name)
    assert said == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    assert said.isascii() and "\n" not in said


def form(*parts: bytes, boundary: bytes = b"xx") -> bytes:
    return b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


TYPE = "multipart/form-data; boundary=xx"
FILE = b'Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'


def test_a_form_is_read_as_it_was_made() -> None:
    content = b"--xy\r\n--x\r\n\r\n\0--xx not at the beginning of a line"
    read = fields(form(b'Content-Disposition: form-data; name="kind"\r\n\r\nlettre', FILE + content), TYPE)
    assert [(field.name, field.content, field.file) for field in read] == [("kind", b"lettre", None), ("file", content, "a.txt")]
    assert fields(b"before\r\n" + form(FILE), 'multipart/form-data; boundary="xx"')[0].content == b""


@pytest.mark.parametrize(
    "content",
    [b"", b"--xx", b"--xx\r\n", b"--xx--x", b"x", form(FILE + b"x")[:-6], form(b"\r\nx"), form(b"Content-Disposition: x\r\n\r\n"),
     form(*[FILE] * 21), form(b"X: " + b"x" * 5000 + b"\r\n\r\nx")],
)  # fmt: skip
def test_a_form_that_cannot_be_read(content: bytes) -> None:
    if content != b"--xx--x":
        with pytest.raises(FormUnreadable):
            fields(content, TYPE)
    else:
        assert fields(content, TYPE) == []
    with pytest.raises(FormUnreadable):
        fields(form(FILE), "multipart/form-data")


pieces = st.one_of(st.binary(max_size=30), st.sampled_from([b"--xx", b"\r\n", b"\r\n--xx", b"--xx--", FILE, b"\r\n\r\n", b"\0"]))


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pieces, max_size=12).map(b"".join))
def test_whatever_the_form(content: bytes) -> None:
    for body in (content, form(FILE + content), form(content)):
        with suppress(FormUnreadable):
            assert all(len(field.content) <= len(body) for field in fields(body, TYPE))


@settings(max_examples=200)
@given(st.binary(max_size=200).filter(lambda some: b"\r\n--xx" not in some))
def test_every_content_comes_through_a_form(content: bytes) -> None:
    assert fields(form(FILE + content), TYPE)[0].content == content


def test_the_limit_is_that_of_a_file_with_its_form() -> None:
    asked: Any = {"method": "POST", "path": "/api/v1/cases/17/attach"}
    assert guard._limit(asked).most == LARGEST + guard.AROUND
    assert guard._limit(asked | {"method": "GET"}).most == guard._limit(asked | {"path": "/x"}).most == guard.LARGEST


REPLY = (
    "From: Cabinet <cabinet@mrn.example>\nDate: Thu, 4 Jul 2024 21:30:00 -0400\nSubject: Votre lettre\n"
    "Content-Type: text/plain; charset=utf-8\n\nLa ministre décline votre invitation."
).encode()


def test_an_e_mail_proposes_and_records_nothing(place: Town) -> None:
    place.do("demarche:new", "send", cases=["2023:17"], kind="press_release")
    before = place.ana.items("/events")
    address = f"{API}/demarches/1/proposal"
    answers = [place.ana.request("POST", address, {"Content-Type": "message/rfc822"}, content=REPLY),
               place.ana.request("POST", address, files={"file": ("reponse.eml", REPLY)})]  # fmt: skip
    for told in answers:
        assert told.status_code == 200, told.text
        found = told.json()
        assert (found["ref"], found["verb"], found["occurred"]) == ("demarche:1", "decline", "2024-07-04")
        assert found["facts"] == {"reason": "La ministre décline votre invitation."}
        assert found["remarks"] == ["Aucun cabinet du répertoire n’a l’adresse ou le nom de qui l’a envoyé."]
    assert place.ana.items("/events") == before
    assert problem(place.ana.request("POST", address, content=LETTER)) == (422, "not-a-mail")
    assert problem(place.ana.request("POST", address, files={"autre": ("x", b"x")})) == (422, "file-not-sent")
    assert problem(place.ana.request("POST", f"{API}/demarches/9/proposal", content=REPLY)) == (404, "demarche-unknown")
    jean = place.someone("jean", "officer")
    place.do("17", "restrict", visibility="named", people=["person:ana"])
    assert problem(jean.request("POST", address, content=REPLY)) == (404, "demarche-unknown")
