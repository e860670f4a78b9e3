"""The fields of a form, made from the command: in which order, of which kind, with what to choose among."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from domain.amendments import ENVELOPE
from domain.case.commands import MoveCase
from domain.directory import KINDS
from domain.time import BadDate, edtf, read_date
from projections.phrases.catalogue import N_
from projections.phrases.choices import NOTICES
from services.attachments.files import MEGABYTES
from services.facts import Field, fields_of
from services.home import Home
from web.pages.doing_labels import help_of_fact, label_of_fact
from web.pages.doing_matter import Matter
from web.pages.doing_options import Option, Options
from web.pages.doing_plans import FOLDED
from web.rendering import Page

FEW = 8  # choices that are shown at once
LONG = frozenset({"text", "reason", "mandate", "condition", "residual", "what"})
HIDDEN = frozenset({"event", "set"})
HEADS = {
    "titles": (N_("Number"), N_("Title")), "parts": (N_("Part"), N_("Numbers")),
    "delegation": (N_("Charge"), N_("How many, or who")), "numbers": (N_("Number"), N_("What became of it")),
    "kinds": (N_("Kind"), N_("Rhythm")),
}  # fmt: skip
FIRST = ("part", "name", "assembly", "numbers", "cases", "office")
LAST = ("reason", "note", "occurred")
RARE = {
    "create": frozenset({"form", "addressees", "cosigners", "relation", "published"}),
    "adopt": frozenset({"parts", "mover", "seconder", "vote", "minutes_ref", "origin"}),
    "send": frozenset({"by", "behalf", "cosigners", "count", "expects_reply", "owner", "holder"}),
    "remind": frozenset({"by", "holder"}), "answer": frozenset({"holder"}), "decline": frozenset({"holder"}),
}  # fmt: skip
"""What is seldom known: folded away."""
PREFILLED = frozenset({"rename", "set-address", "set-language"})


@dataclass(frozen=True)
class Control:
    """One field: `form` is how it is drawn, `values` what stands in it (of pairs, each a couple), `fault` what is wrong
    with it, `understood` how what was typed is read."""

    name: str
    form: str
    label: str
    help: str = ""
    required: bool = False
    options: Sequence[Option] = ()
    datalist: str = ""
    values: Sequence[Any] = ()
    heads: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    rare: bool = False
    fault: str = ""
    understood: str = ""

    @property
    def id(self) -> str:
        return "c-" + self.name.replace(".", "-")

    @property
    def value(self) -> str:
        """The only one."""
        return str(self.values[0]) if self.values else ""

    @property
    def told(self) -> bool:
        """Whether it has something to say."""
        return bool(self.values or self.fault)

    @property
    def fixed(self) -> bool:
        """Whether the left half of its pairs is given."""
        return self.name == "kinds"

    @property
    def rows(self) -> list[Any]:
        """What is drawn of a list: one more than there is."""
        if self.fixed:
            return [(key, dict(self.values).get(key, "")) for key in KINDS]
        return [*self.values, ("", "") if self.form in ("pairs", "choices") else ""]


@dataclass(frozen=True)
class Drawing:
    """What the fields of one form are made with."""

    page: Page
    home: Home
    matter: Matter
    options: Options

    def control(self, name: str, fact: Field, required: bool, form: str = "") -> Control:
        """The field of one fact."""
        verb, page, kind = self.matter.verb, self.page, str((self.matter.row or {}).get("kind", ""))
        options = self.options.of(name, fact)
        made = Control(
            name, form or form_of(name, fact, options), label_of_fact(page, kind, verb, name),
            help_of_fact(page, kind, verb, name, fact.date, most=MEGABYTES), required, options,
            rare=name in (RARE | FOLDED).get(verb, ()) and not required and not page.asked.get(name),
        )  # fmt: skip
        if made.form in ("line", "rows") and (fact.ref or options):
            made = replace(made, datalist=self.options.listed(name, fact))
        if made.form in ("pairs", "choices"):
            made = replace(made, heads=[page.say(head) for head in HEADS[name]])
        return replace(made, words={key: page.say(words) for key, words in NOTICES.items()}) if made.fixed else made


def form_of(name: str, field: Field, options: Sequence[Option]) -> str:
    """How a fact is drawn."""
    if name == "file":
        return "file"
    if field.limbs or (field.mapping and not field.choices):
        return "pairs"
    if field.mapping:
        return "choices"
    if field.many:
        return "checks" if options else "rows"
    if field.truth or field.choices or options:
        return "radio" if len(options) <= FEW and not any(option.free for option in options) else _listed(options)
    if field.date:
        return "date"
    return "area" if name in LONG else "line"


def _listed(options: Sequence[Option]) -> str:
    return "line" if any(option.free for option in options) else "select"


def controls_of(page: Page, home: Home, matter: Matter, options: Options) -> list[Control]:
    """All the fields of the form, empty or as they stand."""
    drawing = Drawing(page, home, matter, options)
    corrects = matter.noted is not None and matter.verb == "correct"
    made = list(_amended(drawing) if corrects else _asked(drawing))
    return sorted(made, key=lambda control: _place(control, matter))


def _place(control: Control, matter: Matter) -> tuple[int, int, bool]:
    name = control.name
    if name in LAST and not (name == "reason" and control.required):
        return 2, LAST.index(name), False
    return (0, FIRST.index(name), False) if name in FIRST and matter.new else (1, 0, not control.required)


def _asked(drawing: Drawing) -> Iterator[Control]:
    """Those of the command."""
    matter, fields = drawing.matter, dict(fields_of(drawing.matter.command))
    needed = _needed(matter)
    if labels := matter.parts:
        options = [Option(label, label) for label in labels]
        asked = [label for label in labels if label == drawing.page.asked.get("part")]
        yield replace(drawing.control("part", Field("part"), False, "checks"), options=options, values=asked)
    for name in _ordered(matter, fields):
        if matter.verb == "split" and not _parting(drawing, name, fields):
            continue
        made = drawing.control(name, fields[name], fields[name].required or name in needed)
        values = _standing(drawing, made)
        always = made.form == "radio" and bool(values) and not made.required  # one of them holds unless another is said
        yield replace(made, values=values, required=made.required or always)
    if matter.new and matter.kind not in ("case", "demarche", "record"):
        yield drawing.control("key", Field("key"), False, "line")
    if matter.verb not in ("adopt", "adopt-part") and matter.kind != "record":  # the date is among its facts
        yield replace(drawing.control("occurred", Field("occurred", date=True), False, "date"), values=_when(drawing))


def _parting(drawing: Drawing, name: str, fields: Mapping[str, Field]) -> bool:
    """Whether a fact of a case that parts can be said of it: only a part that is no number may bear a new one."""
    asked = {"number": "parts"}.get(name, name)
    return asked not in ("numbers", "parts") or bool(drawing.options.of(asked, fields[asked]))


def _when(drawing: Drawing) -> Sequence[str]:
    """The date that the address gives, in words where they say as much; else today."""
    page, asked = drawing.page, drawing.page.asked.get("occurred", "")
    try:
        words = page.day(edtf(asked))
        return [words if read_date(words, page.today) == edtf(asked) else asked]
    except BadDate:
        return _today(drawing)


def _today(drawing: Drawing) -> Sequence[str]:
    """What is recorded of a case or of a thread happened today, unless said; a state that a document proposes is older,
    and so is mostly what enters the directory."""
    matter, today = drawing.matter, drawing.page.today
    lately = matter.kind in ("case", "demarche") and matter.verb != "confirm"
    return [drawing.page.day(today)] if today and lately else []


def _ordered(matter: Matter, fields: Mapping[str, Field]) -> list[str]:
    """As the workflow names them, then the others; of an adoption, titles stand for numbers."""
    moves = matter.workflow.moves(matter.verb) if matter.workflow else ()
    named = [fact for move in moves for fact in (*move.facts, *((move.given,) if move.given else ()))]
    if matter.command is MoveCase:
        return [name for name in dict.fromkeys(named) if name in fields]
    left = {"part", "numbers", "kind"} if matter.verb == "adopt" else {"part", "occurred"}
    return [name for name in dict.fromkeys([*named, *fields])
            if name in fields and name not in HIDDEN | left and not fields[name].structure]  # fmt: skip


def _needed(matter: Matter) -> set[str]:
    """The facts that every way of doing it needs; of a proposed state, none."""
    if matter.verb == "confirm" and matter.row and matter.row["proposals"]:
        return set()
    ways = [set(action["required"]) for action in matter.actions]
    return set.intersection(*ways) if ways else set()


def _standing(drawing: Drawing, control: Control) -> Sequence[Any]:
    """What a field begins with: what stands now, or what holds unless said."""
    matter, row = drawing.matter, drawing.matter.row
    asked = drawing.page.asked.get(control.name)
    if asked:
        return [asked]
    if stands := drawing.options.standing(matter.verb, control.name):
        return stands
    if row and (matter.verb in PREFILLED or (matter.kind, matter.verb) == ("record", "reword")):
        return written(row.get(control.name), control)
    default = next((f.default for f in msgspec.structs.fields(matter.command) if f.name == control.name), None)
    if control.form in ("radio", "select") and isinstance(default, str | bool):
        return [_word(default)]
    if matter.new and control.name == "assembly" and control.options:
        return [control.options[0].value]
    return []


def _word(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def written(value: Any, control: Control) -> Sequence[Any]:
    """A recorded fact as it stands in its field."""
    if value is None or value == "":
        return []
    if isinstance(value, Mapping) and control.form in ("pairs", "choices"):
        return [(key, str(one)) for key, one in value.items()]
    if isinstance(value, Mapping) and "min" in value:
        return [value.get("text") or str(value["min"])]
    if isinstance(value, Mapping):
        named = value["id"] if isinstance(value.get("id"), Mapping) else value
        return [str(named.get("name") or value.get("words") or named.get("ref") or "")]
    if isinstance(value, list | tuple):
        if control.form == "pairs":
            return [(one["label"], ", ".join(one["numbers"])) for one in value]
        return [each for one in value for each in written(one, control)]
    return [_word(value)]


def _amended(drawing: Drawing) -> Iterator[Control]:
    """Those of the recorded fact, as it stands, and why it is corrected."""
    noted = drawing.matter.noted
    assert noted
    fields = fields_of(noted.event)
    for name, fact in fields.items():
        if name in noted.facts and name not in ENVELOPE and not fact.structure:
            made = drawing.control(name, fact, fact.required)
            yield replace(made, name=f"set.{name}", values=written(noted.facts[name], made))
    yield drawing.control("reason", Field("reason", single=True), True, "area")
