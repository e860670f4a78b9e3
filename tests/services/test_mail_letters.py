"""What a reminder says, to whom, in which language; and that nothing in it does anything by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest

from domain.case.case import Case
from domain.clocks import EscalationStepTaken
from services.mail import react
from services.mail.wording import CLASSES, KINDS, THREAD_KINDS
from services.organisation import configure
from services.schema import Urls
from tests.services.mailing import MONDAY, RUNG, ZONE, PostOffice, post_office
from workflows.vocabulary import CLOCKS, TELL


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        yield office


class Page(HTMLParser):
    """The words that a reader sees, the tags and what they point at."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.targets: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._silent += tag in ("style", "title")
        self.targets += [value or "" for name, value in attrs if name in ("href", "src", "background")]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words += data.split()


def texts(office: PostOffice) -> dict[str, str]:
    """Subject -> plain text, its breaks of lines undone."""
    return {plain(row["subject"]): plain(row["body"]) for row in office.rows() if row["body"]}


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def everything(office: PostOffice) -> None:
    """One case for each kind of deadline, all due on the 17th."""
    office.do("body:env", "create", name="Comité environnement")
    office.do("body:env", "appoint", person="Marie")
    office.due(1, title="Des vélos")
    office.due(2, title="L’eau", on="2025-09-17")
    office.do("2023:2", "add-task", text="Imprimer le guide", owner="Comité environnement", due="2024-09-17")
    office.due(3, title="Un comité", on="2025-09-17")
    office.do("2023:3", "refer", body="body:env", due="2024-09-17")
    office.due(4, title="Un jardin", on="2025-09-17")
    office.do("2023:4", "postpone", until="2024-09-17", reason="budget")
    office.due(5, title="Une affiche", on="2025-09-17")
    office.do("2023:5", "complete", completion="temporary", review="2024-09-17")


def test_every_kind_of_deadline_and_of_reader_has_its_words() -> None:
    assert (KINDS.keys() | THREAD_KINDS.keys() | {"personal"}, CLASSES.keys()) == (CLOCKS.keys() | {"personal"}, TELL.keys())


FRENCH = {
    "Suivi – 2023:1 : échéance dépassée": ["Des vélos", "Ce dossier était à régler le 17 septembre 2024.",
        "Ce dossier est suivi par Marie.", "Vous recevez ce rappel parce que vous suivez ce dossier."],
    "Suivi – 2023:2 : tâche en retard": ["La tâche 1, « Imprimer le guide », était à faire le 17 septembre 2024.",
        "La tâche est confiée au Comité environnement.", "parce que vous présidez le Comité environnement.",
        'suivi act 2023:2 acknowledge-step --set clock="task 1"'],
    "Suivi – 2023:3 : rapport en retard": ["Le Comité environnement devait faire rapport le 17 septembre 2024.",
        "parce que vous présidez le Comité environnement."],
    "Suivi – 2023:4 : à reprendre": ["Ce dossier a été remis; il était à reprendre le 17 septembre 2024."],
    "Suivi – 2023:5 : à revoir": ["Ce qui a été fait était à revoir le 17 septembre 2024."],
}  # fmt: skip
ENGLISH = {
    "Suivi – 2023:1: due date passed": ["Des vélos", "This case was to be settled on 17 September 2024."],
    "Suivi – 2023:2: task overdue": ["Task 1, “Imprimer le guide”, was to be done on 17 September 2024."],
    "Suivi – 2023:3: report overdue": ["Comité environnement was to report on 17 September 2024."],
    "Suivi – 2023:4: to be taken up again": ["it was to be taken up again on 17 September 2024."],
    "Suivi – 2023:5: to be reviewed": ["was to be reviewed on 17 September 2024."],
}


@pytest.mark.parametrize(("lang", "expected", "late", "open_it"), [
    ("fr", FRENCH, "1 jour ouvrable de retard.", "Ouvrir le dossier"),
    ("en", ENGLISH, "1 working day late.", "Open the case"),
])  # fmt: skip
def test_each_kind_in_the_language_of_its_reader(
    office: PostOffice, lang: str, expected: dict[str, list[str]], late: str, open_it: str
) -> None:
    office.do("person:marie", "set-language", lang=lang)
    everything(office)
    assert office.ring() == 5
    said = texts(office)
    assert said.keys() == expected.keys()
    for subject, sentences in expected.items():
        ref = subject.split()[2].rstrip(":")
        for sentence in [*sentences, late, open_it, f"https://suivi.example.org/dossiers/{ref}",
                         f"suivi act {ref} snooze --set clock="]:  # fmt: skip
            assert sentence in said[subject]
    assert {row["lang"] for row in office.rows()} == {lang}


def test_a_date_that_comes_today_is_not_late(office: PostOffice) -> None:
    office.due(4, on="2025-09-17")
    office.do("2023:4", "postpone", until="2024-09-18", reason="budget")
    assert office.ring() == 1
    ((subject, said),) = texts(office).items()
    assert subject == "Suivi – 2023:4 : à reprendre aujourd’hui"
    assert "il est à reprendre le 18 septembre 2024." in said and "retard" not in said


def test_the_next_reminder_is_said_and_the_last_one_too(office: PostOffice) -> None:
    office.due(owner="ana")
    office.ring()
    (first,) = texts(office).values()
    assert "Prochain rappel, si rien n’est consigné d’ici là : le 25 septembre 2024" in first
    assert "(la personne responsable et le secrétariat)" in first
    at, said = RUNG, first
    while "C’est le dernier rappel." not in said and at < RUNG + timedelta(days=200):
        at += timedelta(days=1)
        office.ring(at)
        said = plain(office.rows()[-1]["body"])
    assert [len(office.rows()), at.date().isoformat()] == [6, "2024-12-16"]
    assert "61 jours ouvrables de retard." in said


def test_what_it_says_to_type_is_accepted(office: PostOffice) -> None:
    office.due(owner="ana")
    assert (office.ring(), office.ring(RUNG + timedelta(days=7))) == (1, 1)  # the next one is ten working days away
    said = plain(office.rows()[-1]["body"])
    (until,) = re.findall(r"snooze --set clock=due --set until=(\S+)", said)
    office.do("2023:17", "snooze", clock="due", until=until)
    office.do("2023:17", "acknowledge-step", clock="due")


def test_the_last_one_cannot_be_put_off_and_does_not_say_so(office: PostOffice) -> None:
    office.due(owner="ana")
    office.ring(RUNG + timedelta(days=200))
    (said,) = texts(office).values()
    assert "C’est le dernier rappel." in said and "acknowledge-step" in said and "snooze" not in said


def test_the_secretary_is_told_why_in_place_of_whom(office: PostOffice) -> None:
    office.due(17, owner=None)
    office.ring()
    (said,) = texts(office).values()
    assert "à la place de la personne responsable, car personne à qui écrire n’a été trouvé." in said
    assert "Personne ne suit ce dossier." in said and "suivi act 2023:17 assign --set owner=…" in said


def test_both_parts_say_the_same_and_nothing_acts_by_itself(office: PostOffice) -> None:
    everything(office)
    office.ring()
    for row in office.rows():
        page = Page(row["html"])
        heard = " ".join(page.words).casefold()
        for line in re.split(r"\n\s*\n|\.\s+|:\n", row["body"].casefold()):
            wanted = " ".join(re.sub(r"^suivi$|\[.*?\]|https://.*", "", line, flags=re.MULTILINE).split())
            assert wanted in heard
        assert not {"script", "img", "link", "form", "iframe", "object", "video"} & set(page.tags)
        case, *buttons = page.targets
        assert case == f"https://suivi.example.org/dossiers/2023:{row['subject'][13]}"
        assert buttons and all(each.startswith("https://suivi.example.org/geste?lien=") for each in buttons)
        assert not re.search(r"url\(|@import|javascript:|\bon\w+=", row["html"])


BAD = "<script>alert(1)</script>\r\nBcc: x@y.z\r\n\x1b[2J\u202egnirts\u2028&amp;\" '{{ 7*7 }} {% x %} 👩🏽‍🌾 א"


def test_what_people_write_stays_text(office: PostOffice) -> None:
    office.person("zoe", f"Zoé {BAD}", "zoe@example.org")
    office.due(17, owner=None, title=f"Titre {BAD}")
    office.do("2023:17", "assign", owner="person:" + key_of(office))
    office.do("2023:17", "add-task", text=f"Tâche {BAD}", due="2024-09-17")
    assert office.ring() == 2
    for row in office.rows():
        assert re.fullmatch(r"Suivi – 2023:17\u00a0: (échéance dépassée|tâche en retard)", row["subject"])
        assert "<script" not in row["html"] and "script" not in Page(row["html"]).tags
        assert not re.search("[\x00-\x09\x0b-\x1f\u2028\u202e]", row["body"] + row["html"])
        assert "{{ 7*7 }}" in row["body"] and not re.search(r"^Bcc", row["body"], re.MULTILINE)
        assert "א" in row["body"] and "👩🏽‍🌾" in row["body"]


def key_of(office: PostOffice) -> str:
    """The key of the person entered last."""
    row = office.store.connection.execute(
        "SELECT key FROM read.directory WHERE kind = 'person' ORDER BY position DESC LIMIT 1"
    ).fetchone()
    assert row
    return str(row[0])


def test_the_subject_names_nobody_and_quotes_nothing(office: PostOffice) -> None:
    everything(office)
    office.ring()
    subjects = " ".join(row["subject"] for row in office.rows())
    for private in ("Marie", "vélos", "eau", "jardin", "guide", "Comité"):
        assert private not in subjects


def test_the_head_bears_the_name_of_the_organisation(office: PostOffice) -> None:
    configure(office.store, office.ana, {"name": "Syndicat des jardiniers", "lang": "en"})
    office.store.present.look()
    office.due()
    office.ring()
    assert office.rows()[0]["body"].startswith("Suivi – Syndicat des jardiniers\n18 September 2024\n")


def test_a_step_found_late_counts_the_days_to_the_day_of_writing(office: PostOffice) -> None:
    office.due()
    office.reach(datetime(2024, 9, 20, 10, tzinfo=ZONE))
    react(office.store, office.settings)
    assert "3 jours ouvrables de retard." in texts(office)["Suivi – 2023:17 : échéance dépassée"]
    (case,) = office.store.load_all(Case, [office.rows()[0]["stream"]])
    (step,) = (r.event for r in case.history if isinstance(r.event, EscalationStepTaken))
    assert step.at < MONDAY + timedelta(days=2)
