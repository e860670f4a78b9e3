"""The file of the demonstration, as what a person would ask at a door."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from domain.words import slug
from services.act import Ask

FILE = Path(__file__).with_name("assembly_2023.yaml")
THREADS = Path(__file__).with_name("demarches_2023.yaml")
BESIDE = ("occurred", "part")  # of an act, beside its verb
Given = dict[str, Any]  # texts, lists and mappings of them
Deed = dict[str, Any]  # one verb with its facts, and what stands beside it


class Body(Struct, forbid_unknown_fields=True):
    """A body, and who holds its charges."""

    name: str
    kind: str
    acts: list[Deed] = []


class Office(Struct, forbid_unknown_fields=True):
    """An office of the government of Quebec, and who held it."""

    key: str
    name: str
    acts: list[Deed] = []


class Case(Struct, forbid_unknown_fields=True):
    """A case, and what happened to it."""

    titles: dict[str, str]
    adopt: Given
    acts: list[Deed]


class Thread(Struct, forbid_unknown_fields=True):
    """A letter, and what came of it. One that went to several offices opened as many threads: `others` is what
    came of those after the first."""

    send: Given
    acts: list[Deed]
    occurred: str | None = None
    others: list[list[Deed]] = []


class Demonstration(Struct, forbid_unknown_fields=True):
    """The whole file. Scalars are texts: a date is EDTF, and “on” no truth."""

    assembly: Given
    people: list[Given]
    bodies: list[Body]
    offices: list[Office]
    cases: list[Case]

    @classmethod
    def read(cls) -> Demonstration:
        """The demonstration that comes with this version."""
        return msgspec.convert(yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader), cls)

    @staticmethod
    def written(key: str, first: int) -> list[Ask]:
        """Every thread, the first under that number."""
        asks: list[Ask] = []
        for thread in msgspec.convert(yaml.load(THREADS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader), list[Thread]):
            facts = dict(thread.send)
            facts["cases"] = [f"{key}:{number}" for number in listed(facts["cases"])]
            facts["office"] = [f"office:{office}" for office in listed(facts["office"])]
            lives = [thread.acts, *thread.others]
            asks.append(Ask(ref=f"demarche:{first}", verb="send", facts=facts, occurred=thread.occurred))
            for number, deeds in enumerate(lives, start=first):
                asks += told(key, f"demarche:{number}", deeds)
            first += len(lives)
        return asks

    def refs(self, key: str) -> list[str]:
        """The REF of each case under the assembly's key, in order."""
        return [f"{key}:{next(iter(case.titles))}" for case in self.cases]

    def begun(self, key: str, known: Collection[str]) -> list[Ask]:
        """The assembly and the directory. An entry that is there already (`known`) stays as it is."""
        asks = [Ask(ref=f"assembly:{key}", verb="create", facts=self.assembly)]
        people = [(f"person:{slug(person['name'])}", person) for person in self.people]
        asks += [Ask(ref=ref, verb="create", facts=person) for ref, person in people if ref not in known]
        bodies = [(f"body:{slug(body.name)}", body) for body in self.bodies]
        for ref, body in ((ref, body) for ref, body in bodies if ref not in known):
            asks += [
                Ask(ref=ref, verb="create", facts={"name": body.name, "kind": body.kind}),
                *told(key, ref, body.acts),
            ]
        offices = [(f"office:{office.key}", office) for office in self.offices]
        for ref, office in ((ref, office) for ref, office in offices if ref not in known):
            facts = {"name": office.name, "kind": "ministre", "legislature": "QC"}
            asks += [Ask(ref=ref, verb="create", facts=facts), *told(key, ref, office.acts)]
        return asks

    def followed(self, key: str) -> Iterator[tuple[str, list[Ask]]]:
        """Each case: its REF, its adoption and its whole life."""
        for ref, case in zip(self.refs(key), self.cases, strict=True):
            facts = {"numbers": list(case.titles), "titles": case.titles} | case.adopt
            yield ref, [Ask(ref=ref, verb="adopt", facts=facts), *told(key, ref, case.acts)]


def listed(value: str | list[str]) -> list[str]:
    """One thing or several, as a list."""
    return value if isinstance(value, list) else [value]


def told(key: str, ref: str, deeds: list[Deed]) -> Iterator[Ask]:
    """The acts of one case or entry; the cases that they name are of the same assembly."""
    for deed in deeds:
        ((verb, facts),) = ((name, value) for name, value in deed.items() if name not in BESIDE)
        facts = facts | {"to": f"{key}:{facts['to']}"} if "to" in facts else facts
        facts = facts | {"office": f"office:{facts['office']}"} if "office" in facts else facts
        yield Ask(ref=ref, verb=verb, facts=facts, part=deed.get("part"), occurred=deed.get("occurred"))
