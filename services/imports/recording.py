"""From a report as read to cases: new ones adopted, known ones brought up to date, within one work."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from domain import values
from domain.base import Act
from domain.case import commands
from domain.case.case import Case
from domain.case.decisions import handle
from domain.case.told import ReadFacts, ToldFact
from domain.directory import Assembly, CreateAssembly, Fate, SettleNumbers
from domain.errors import Invalid
from domain.imports import Touched
from domain.values import Limb, Party, Source
from domain.words import comparable, same
from services import companions
from services.execute import Work
from services.homes import claimed
from services.imports.deciding import Decided, establish
from services.imports.facts.reading import read_facts
from services.imports.proposals import propose
from services.imports.report import Block, Paragraph, Problem, Report
from services.imports.result import Result
from services.refs import fit_key


class NumbersApart(Invalid):
    """The heading joins the numbers {numbers}, of which {known} already belong to other cases. Import this document under another assembly, or undo the import that created them."""  # noqa: E501 - one sentence


class TitleChanged(Invalid):
    """The title of number {number} differs from the one recorded, which stays: “{title}”."""


class Recording:
    """One report on its way into cases. `import_id` is the stream that its facts name as their source; `decided`: what a
    person said of its proposals."""

    def __init__(
        self,
        work: Work,
        report: Report,
        key: str,
        reference: str | None,
        import_id: UUID,
        decided: Sequence[Decided] = (),
    ) -> None:
        self.work, self.report, self.key, self.reference = work, report, key, reference
        self.import_id, self.decided = import_id, decided
        self.facts = told_of(report, reference)
        self.assembly = self._assembly()
        self.touched: list[Touched] = []
        self.result = Result(assembly=key, missing_numbers=report.missing_numbers, problems=list(report.problems))

    def run(self) -> Result:
        """Records every block, or says what cannot be. Whoever has its numbers already is looked up at once."""
        numbers = [number for block in self.report.blocks for number in block.numbers]
        passed = (*self.report.missing_numbers, *self.report.fates)
        self.work.prefetch([f"{self.key}:{number}" for number in (*numbers, *passed)])
        for block in self.report.blocks:
            self._block(block)
        self._settle()
        self.result.problems.sort(key=lambda problem: problem.line)
        if self.result.refused:
            return Result(assembly=self.key, missing_numbers=self.report.missing_numbers, problems=self.result.problems)
        return self.result

    def _settle(self) -> None:
        """What became of the numbers that the document passes over is not known, unless it was said."""
        assembly = self.work.load(Assembly, self.assembly)
        said: dict[str, Fate] = {**dict.fromkeys(self.report.missing_numbers, "unknown"), **self.report.fates}
        news = {number: fate for number, fate in said.items() if _is_news(assembly.numbers.get(number), fate)}
        if alone := {n: fate for n, fate in news.items() if self.work.key("case", f"{self.key}:{n}") is None}:
            assembly.handle(SettleNumbers(numbers=alone), self._act())

    def _assembly(self) -> UUID:
        known = self.work.key("assembly", self.key)
        if known:
            return known
        hint = self.report.assembly
        command = CreateAssembly(
            name=hint.name if hint else self.report.title or self.key, date=hint.date if hint else None,
            kind=hint.kind if hint else "assembly",
            numbers={**dict.fromkeys(self.report.missing_numbers, "unknown"), **self.report.fates},
        )  # fmt: skip
        assembly: Assembly = Assembly.create(self.work.id(f"assembly:{self.key}"), fit_key(self.key), command, self._act())
        self.work.add(assembly, *claimed(self.work, "assembly", self.key))
        return assembly.id

    def _act(self, first_line: int = 1, last_line: int = 1) -> Act:
        """The act of recording what stands on those lines."""
        source = Source(self.import_id, first_line, last_line, self.reference)
        return replace(self.work.act, source=source)

    def _block(self, block: Block) -> None:
        refs = [f"{self.key}:{number}" for number in block.numbers]
        streams = {self.work.key("case", ref) for ref in refs}
        if streams == {None}:
            self._create(block, refs[0])
        elif len(streams) == 1 and None not in streams:
            self._update(block, self.work.case(next(s for s in streams if s)))
        else:
            known = [n for n, ref in zip(block.numbers, refs, strict=True) if self.work.key("case", ref)]
            notice = NumbersApart(numbers=list(block.numbers), known=known)
            self.result.problems.append(Problem(block.line, "error", notice))

    def _create(self, block: Block, ref: str) -> None:
        last = block.paragraphs[-1].last_line if block.paragraphs else block.line
        limbs = tuple(Limb(limb.label, block.numbers) for limb in block.limbs)
        adoption = commands.AdoptCase(assembly=self.assembly, numbers=block.numbers, titles=block.titles, parts=limbs,
                                      submitted_by=Party("words", words=block.sponsor) if block.sponsor else None,
                                      vote=block.vote, text=block.text, adopted_on=block.adopted_on)  # fmt: skip
        companions.adopt(self.work, ref, adoption, self._act(block.line, last))
        case = self.work.case(self.work.id(f"case:{ref}"))
        for index, paragraph in enumerate(block.paragraphs):
            self._note(case, block, index, paragraph)
        self._propose(case, block)
        self._tell(case, block)
        establish(case, block.numbers[0], self.decided, self.work.act)
        self.result.created.append(case.ref)
        self.touched.append(Touched(case.id, case.ref, case.version, True))

    def _update(self, block: Block, case: Case) -> None:
        """Adds the paragraphs that the case does not have yet, and proposes what the whole now says."""
        for number, title in block.titles.items():
            if not same(title, case.titles.get(number, title)):
                notice = TitleChanged(number=number, title=case.titles[number])
                self.result.problems.append(Problem(block.line, "warning", notice))
        known = {comparable(note.text) for _, note in case.notes}
        before = case.version
        for index, paragraph in enumerate(block.paragraphs):
            if comparable(paragraph.text) not in known:
                self._note(case, block, index, paragraph)
        if case.version == before and not self._says_otherwise(case, block):
            self.result.unchanged.append(case.ref)
            return
        self._propose(case, block)
        self._tell(case, block)
        self.result.updated.append(case.ref)
        added = tuple(range(before + 1, case.version + 1))
        self.touched.append(Touched(case.id, case.ref, case.version, False, added))

    @staticmethod
    def _says_otherwise(case: Case, block: Block) -> bool:
        """Whether the document names a state that is neither the case's nor proposed already."""
        known = {(each.state, each.completion) for each in case.proposals} | {(case.state, None)}
        named = {(each.state, each.completion) for each in block.proposals}
        return bool(named - known) and not (case.moved and all(state == case.state for state, _ in named))

    def _note(self, case: Case, block: Block, index: int, paragraph: Paragraph) -> None:
        parts = {part.label for part in case.parts}
        limb = next((limb.label for limb in block.limbs if index in limb.paragraphs and limb.label in parts), None)
        note = commands.NoteCase(text=paragraph.text, audience="assembly", part=limb)
        handle(case, note, self._act(paragraph.first_line, paragraph.last_line))

    def _propose(self, case: Case, block: Block) -> None:
        """Proposes what the text says, unless the case already stands there by an officer's word."""
        labels = {part.label: part.state for part in case.parts}
        found = [p for p in propose(block, self.reference) if p.part is None or p.part in labels]
        found = [p for p in found if p.state != (labels[p.part] if p.part else case.state)]
        if not found:
            return
        proposals = tuple(
            values.Proposal(
                state=p.state, confidence=p.confidence, part=p.part, completion=p.completion,
                alternatives=p.alternatives,
                evidence=tuple(values.Evidence(e.text, e.first_line, e.last_line) for e in p.evidence),
            )
            for p in found
        )  # fmt: skip
        last = block.paragraphs[-1].last_line if block.paragraphs else block.line
        handle(case, commands.ProposeState(proposals=proposals), self._act(block.line, last))
        self.result.proposals += [(case.ref, p) for p in found]

    def _tell(self, case: Case, block: Block) -> None:
        """The dated facts of the text, in place of those that an older document told."""
        facts = self.facts.get(block.numbers[0], ())
        last = block.paragraphs[-1].last_line if block.paragraphs else block.line
        handle(case, ReadFacts(facts=facts), self._act(block.line, last))
        self.result.facts += [(case.ref, fact) for fact in facts]


def told_of(report: Report, reference: str | None) -> dict[str, tuple[ToldFact, ...]]:
    """The dated facts of each case, by the first number of its heading."""
    found: dict[str, tuple[ToldFact, ...]] = {}
    for one in read_facts(report, reference):
        fact = ToldFact(one.edtf, one.role, one.words, one.text, one.first_line, one.last_line, one.confidence, one.because)
        found[one.number] = (*found.get(one.number, ()), fact)
    return found


def _is_news(known: str | None, fate: Fate) -> bool:
    """Whether what a document says of a number without a case is more than is known of it."""
    return known is None or (known == "unknown" and fate != "unknown")
