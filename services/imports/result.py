"""What an import did, or would do: the contract's shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import to_builtins

from domain.case.told import ToldFact
from projections.phrases.catalogue import say
from services.imports.report import Problem, Proposal


@dataclass
class Result:
    """`id` is null for a rehearsal and for what was refused. REFs are the cases', or the
    entries' of a directory; `proposals` and the dated `facts` that it tells go with a REF. `added`: of a plan, how much
    of each sort is new (items, lines, follow_ups…)."""

    id: str | None = None
    kind: str = "follow-up"
    assembly: str = ""
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    missing_numbers: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    proposals: list[tuple[str, Proposal]] = field(default_factory=list)
    facts: list[tuple[str, ToldFact]] = field(default_factory=list)
    added: Mapping[str, int] = field(default_factory=dict)
    undone: bool = False

    @property
    def refused(self) -> bool:
        """Whether an error keeps the whole from being recorded."""
        return any(problem.severity == "error" for problem in self.problems)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Plain data, with the problems in words."""
        return {
            "id": self.id,
            "kind": self.kind,
            "assembly": self.assembly,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "missing_numbers": list(self.missing_numbers),
            "problems": [{"line": p.line, "severity": p.severity, "message": say(p.notice, lang)}
                         for p in self.problems],
            "proposals": [_proposal(ref, proposal) for ref, proposal in self.proposals],
            "facts": [{"ref": ref} | to_builtins(fact) for ref, fact in self.facts],
            "added": dict(self.added),
            "undone": self.undone,
        }  # fmt: skip


def _proposal(ref: str, proposal: Proposal) -> dict[str, Any]:
    return {
        "ref": ref,
        "part": proposal.part,
        "state": proposal.state,
        "completion": proposal.completion,
        "evidence": [{"text": e.text, "first_line": e.first_line, "last_line": e.last_line}
                     for e in proposal.evidence],
        "confidence": proposal.confidence,
        "alternatives": list(proposal.alternatives),
    }  # fmt: skip
