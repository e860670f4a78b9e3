"""Events read back and folded: the shipped msgspec structs, and the same three as pydantic models."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict

from bench.figures import Figure, median, ratio
from bench.ground import TEXT, Ground
from bench.load import pace
from domain import codec
from domain.base import Recorded
from domain.case.case import Case
from domain.case.events import CaseAdopted, CaseNoted
from domain.case.moves import CaseReferred
from domain.values import Limb

TURNS, SECONDS = 5, 0.4
NOTES = 8  # of ten events: an adoption, a referral, notes
ANY = UUID(int=1)


class Model(BaseModel):
    """An event's envelope, as `domain.base.Event`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)

    occurred: str | None = None
    source: dict[str, Any] | None = None
    role: str = ""
    on_behalf_of: UUID | None = None
    words: dict[str, str] = {}


class LimbModel(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)

    label: str
    numbers: tuple[str, ...]


class PartyModel(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)

    kind: str
    id: UUID | None = None
    words: str | None = None


class Adopted(Model):
    workflow: str
    initial: str
    assembly: UUID
    ref: str
    numbers: tuple[str, ...]
    titles: dict[str, str]
    parts: tuple[LimbModel, ...]
    kind: str = "resolution"
    text: str | None = None
    submitted_by: PartyModel | None = None
    mover: PartyModel | None = None
    seconder: PartyModel | None = None
    adopted_on: str | None = None
    vote: str | None = None
    minutes_ref: str | None = None
    origin: UUID | None = None

    apply = CaseAdopted.apply


class Referred(Model):
    parts: dict[str, str]
    state: str
    body: UUID
    mandate: str | None = None
    due: str | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        for part in case.parts:
            part.state = part.before = self.parts[part.label]
        case.referrals.append((self.body, self.due))


class Noted(Model):
    text: str
    audience: str = "internal"
    part: str | None = None

    apply = CaseNoted.apply


MODELS: dict[str, type[Model]] = {"CaseAdopted": Adopted, "CaseReferred": Referred, "CaseNoted": Noted}


def measure(ground: Ground) -> list[Figure]:
    """One history of ten events, from stored bytes to the aggregate."""
    rows = _stored()
    assert _fold(rows, codec.open).notes[-1][1].text == _fold(rows, _model).notes[-1][1].text
    figures, folds, decodes = [], [], []
    for reader in (codec.open, _model):
        decodes.append([pace(partial(_read, rows, reader), SECONDS) * len(rows) for _ in range(TURNS)])
        folds.append([pace(partial(_fold, rows, reader), SECONDS) * len(rows) for _ in range(TURNS)])
    for what, (ours, theirs) in {"decode": decodes, "decode and fold": folds}.items():
        figures += [
            median(f"{what}: msgspec", ours, "events/s"),
            median(f"{what}: pydantic", theirs, "events/s"),
            ratio(f"{what}: msgspec ÷ pydantic", ours, theirs),
        ]
    return figures


def _stored() -> list[tuple[str, bytes]]:
    limbs = (Limb("17", ("17",)),)
    events = [
        CaseAdopted(workflow="resolution.v1", initial="adopted", assembly=ANY, ref="2023:17", numbers=("17",),
                    titles={"17": "Des soins à domicile"}, parts=limbs, text=TEXT, occurred="2023-11-18"),
        CaseReferred(parts={"17": "referred"}, state="referred", body=ANY, mandate=TEXT, role="officer"),
        *(CaseNoted(text=f"{n} {TEXT}", role="officer") for n in range(NOTES)),
    ]  # fmt: skip
    return [(codec.topic_of(type(event)), codec.seal(event)) for event in events]


def _model(topic: str, data: bytes) -> Any:
    return MODELS[topic].model_validate_json(data)


def _read(rows: list[tuple[str, bytes]], read: Callable[[str, bytes], Any]) -> list[Any]:
    return [read(*row) for row in rows]


def _fold(rows: list[tuple[str, bytes]], read: Callable[[str, bytes], Any]) -> Case:
    stream = uuid4()
    return Case.fold([Recorded(stream, n, read(*row), ANY, ANY) for n, row in enumerate(rows, 1)])
