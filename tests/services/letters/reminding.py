"""A reminder letter for tests: one that has everything, from which each test takes or changes something."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

from docx import Document
from docx.document import Document as Opened

from domain.values import Count
from services.letters.facts import Addressee, Holder, Reminder, Resolution, Sent, Since

HIM, HER, SOMEONE = Holder("Jean Lafleur", "m"), Holder("Anne Brodeur", "f"), Holder("Dominique Roy")
RESOLUTIONS = (
    Resolution("23", "Des écoles bien aérées", "2023-05-13"),
    Resolution("24", "Des services de garde en région", "2023-05-13"),
)
REMINDER = Reminder(
    day=date(2025, 5, 12),
    number=3,
    to=Addressee("ministre de l’Éducation", HIM, ("675, boulevard René-Lévesque Est", "Québec (Québec)  G1R 5V7")),
    resolutions=RESOLUTIONS,
    sent=Sent("letter", "2024-06-26"),
    since=Since(Count(3, None, "au moins trois")),
    organisation="Fédération des essais",
    signatory="Marie Tremblay",
)


def reminder(**facts: Any) -> Reminder:
    """The same, with other facts."""
    return replace(REMINDER, **facts)


def opened(content: bytes) -> Opened:
    return Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """The paragraphs, a line each."""
    return "\n".join(paragraph.text for paragraph in opened(content).paragraphs)
