"""An e-mail is read in a process apart, whatever it is; what comes with it is named and never unpacked."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from domain.errors import SuiviError
from projections.phrases.catalogue import say
from services.attachments import mail_child, mails
from services.attachments.clues import read_clues
from services.attachments.files import LARGEST
from services.attachments.mails import MailTooComplex, MailTooLarge, NotAMail, ReadingFailed, read_mail
from tests.services.mails import CAME, NO, mail


def test_an_automatic_answer_is_an_acknowledgement() -> None:
    assert read_mail(mail("Absente.", Auto_Submitted="auto-replied")).automatic
    assert read_clues("Absente.", automatic=True).verb == "acknowledge"


def test_what_comes_with_it_is_named_and_never_unpacked() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "x"
    message.set_content("Bonjour")
    message.add_attachment(b"PK\x03\x04" + b"\0" * 10, maintype="application", subtype="zip", filename="b\u00e9.zip")
    message.add_attachment(mail(NO), maintype="application", subtype="octet-stream", filename="dedans.eml")
    read = read_mail(message.as_bytes())
    assert read.text.strip() == "Bonjour" and read.files == ["bé.zip", "dedans.eml"]


def test_a_page_is_read_for_its_words() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "x"
    message.set_content("<style>p{}</style><p>Nous avons<br>bien&nbsp;reçu</p><script>x</script>", subtype="html")
    assert read_mail(message.as_bytes()).text.replace("\u00a0", " ").split() == ["Nous", "avons", "bien", "reçu"]


NESTED = b"From: a@b.c\nSubject: x\n" + b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)
)
REFUSED = [
    (b"", NotAMail), (b"Bonjour", NotAMail), (b"\x00\xff" * 1000, NotAMail), (mail(CAME)[20:60], NotAMail),
    (b"From: a@b.c\n\n", NotAMail), (b"X: " + b"a" * 300_000 + b"\n\nx", MailTooComplex), (NESTED, MailTooComplex),
    (b"From: a@b.c\nSubject: x\n" + b"a\n" * 600_000, MailTooComplex),
    (b"From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 400, MailTooComplex),
    (b"x" * (LARGEST + 1), MailTooLarge),
]  # fmt: skip


@pytest.mark.parametrize(("content", "why"), REFUSED)
def test_what_is_not_read_is_said(content: bytes, why: type[SuiviError]) -> None:
    with pytest.raises(why) as refused:
        read_mail(content)
    assert "\u00a0" in say(refused.value, "fr") or say(refused.value, "fr") != say(refused.value, "en")


def test_a_child_that_takes_too_long_or_dies_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(mails, "PATIENCE", 0.5)
    child = tmp_path / "child.py"
    monkeypatch.setattr(mails, "CHILD", child)
    for program in ("while True: pass", "import os; os.abort()", "x = 'a' * 10**15"):
        child.write_text(program)
        with pytest.raises(MailTooComplex):
            read_mail(mail(CAME))


@pytest.mark.parametrize("program", ["print(3)", "print('{}')", "pass", "print('[')"])
def test_a_child_that_says_something_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str) -> None:
    child = tmp_path / "child.py"
    child.write_text(program)
    monkeypatch.setattr(mails, "CHILD", child)
    with pytest.raises(ReadingFailed):
        read_mail(mail(CAME))


def test_the_child_can_open_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After it has confined itself, neither a connection nor a file; what it is not allowed to take, it does not get."""
    probe = tmp_path / "probe.py"
    probe.write_text(f"""
import json, socket, sys
sys.path.insert(0, {str(Path(mail_child.__file__).parent)!r})
import mail_child
mail_child.confine()
def tried(what):
    try:
        what()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
said = [tried(socket.socket), tried(lambda: open("/etc/hostname")), tried(lambda: bytearray(2**31))]
print(json.dumps({{"error": " ".join(said)}}))
""")
    monkeypatch.setattr(mails, "CHILD", probe)
    assert mails._told(b"") == b'{"error": "OSError OSError MemoryError"}\n'


lines = st.sampled_from([
    b"From: a@b.c\n", b"Date: Thu, 4 Jul 2024 21:30:00 -0400\n", b"Date: \xff\n", b"Subject: =?utf-8?q?=FF?=\n",
    b"\n", b"--b\n", b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: message/rfc822\n",
    b"Content-Type: text/html; charset=\"\xe9\"\n", b"Content-Type: text/plain; charset*=utf-7''x\n", b"--b--\n",
    b"Content-Transfer-Encoding: base64\n", b"Subject: =?klingon?b?x?=\n", b"=E9=\n", b"begin 666 x\n",
    b"Content-Transfer-Encoding: quoted-printable\n", b"Content-Transfer-Encoding: x-uuencode\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''%ff\n", b"<p>&#xD800;<![CDATA[<!DOCTYPE\n",
    b"From: \"\xff\" <@>\n", b"References: <a> <\xe9>\n", b"Content-Type: text/plain; charset=zlib\n",
    b"Content-Type: text/plain; charset=idna\n",
])  # fmt: skip
anything = st.lists(st.one_of(lines, st.binary(max_size=20)), max_size=25).map(b"".join)


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
@given(anything)
@example(b"From: a\nSubject: x\nContent-Type: text/html\n\n<![")
def test_whatever_comes_is_read_or_refused(content: bytes) -> None:
    for whole in (content, b"From: a@b.c\nSubject: x\n" + content):
        try:
            told = mail_child.read(whole)
        except mail_child.NotRead:
            continue
        assert isinstance(told["text"], str) and len(told["files"]) <= 20
        read_clues(told["text"].encode("utf-8", "replace").decode())


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(anything)
def test_and_in_its_own_process(content: bytes) -> None:
    with suppress(MailTooComplex, NotAMail):
        read_mail(b"From: a@b.c\nSubject: x\n" + content)
