"""The draft of a letter: gathered, put into sentences, laid out by a template, and named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from domain.case.case import Case
from domain.demarche.demarche import Demarche
from domain.errors import SuiviError
from domain.media import OPEN_XML
from domain.values import Lang
from projections.phrases.catalogue import say
from services.home import Home
from services.letters import wording
from services.letters.addressing import matter
from services.letters.facts import Addressee, Reminder, Resolution, Sent
from services.letters.gathering import gathered
from services.letters.rendering import fill
from services.letters.sentences import Letter
from services.letters.templates import shipped, template_of
from services.reading.demarches import thread_ref
from services.refs import DemarcheUnknown, Refs
from services.store import Store

MEDIA_TYPE = OPEN_XML + "wordprocessingml.document"
LONGEST = 80  # characters of an office in the name of a file

_NOBODY = UUID(int=0)
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class Draft:
    """A letter in the thread `ref` as a file: `name` as people see it, « Relance – Éducation – 2025-05-12.docx »."""

    ref: str
    name: str
    content: bytes


def draft(
    store: Store, folder: Path, demarche: Demarche, cases: Sequence[Case], *, day: date, lang: Lang | None = None,
    kind: str = "reminder",
) -> Draft:  # fmt: skip
    """A letter to the thread's office and its holder of the day, of those of its cases; `folder` is the data folder.
    Without `lang`, in the organisation's language. Raises why there is nothing to write, or what ails the template."""
    lang = lang or store.present.organisation.lang
    facts = gathered(store, demarche, cases, day)
    content = fill(template_of(folder, kind), Letter(facts, lang).words(), lang, day)
    office = " ".join(_UNFIT.sub(" ", matter(facts.to.office)).split())[:LONGEST].strip()
    return Draft(demarche.ref, say(wording.FILE, lang, office=office, day=day.isoformat()), content)


def template_fault(folder: Path, lang: Lang, day: date) -> SuiviError | None:
    """What ails the organisation's own template, if it has one: the example has something in every field."""
    template = template_of(folder, "reminder")
    if template == shipped("reminder"):
        return None
    example = Reminder(day, 1, Addressee("ministre"), (Resolution("1", "…"),), Sent(text="…"))
    try:
        fill(template, Letter(example, lang).words(), lang, day)
    except SuiviError as error:
        return error
    return None


def letter_to(home: Home, ref: str, lang: Lang | None = None) -> Draft:
    """The letter of today in the thread that the REF means, with those of its cases that the viewer may see."""
    store, viewer = home.store, home.viewer()
    demarche = store.load(Demarche, Refs(store).demarche(thread_ref(ref)))
    person = viewer.person or _NOBODY
    cases = [case for case in store.load_all(Case, demarche.cases) if case.seen_by(person, viewer.roles)]
    if not cases:
        raise DemarcheUnknown(ref=ref)
    day = store.present.calendar.today(store.present.now)
    return draft(store, home.settings.home, demarche, cases, day=day, lang=lang)
