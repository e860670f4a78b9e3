"""What a person names, found or entered: bodies, persons, cases and assemblies behind the words of a command."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.demarche.demarche import Demarche
from domain.directory import Body, CreateBody, Entry
from domain.values import Party, Ref
from domain.words import slug, sort_key
from services.execute import Work
from services.refs import DemarcheUnknown, EntryUnknown, read_ref


class Naming:
    """Resolves references within one work, so that what it enters is saved with it."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def resolve(self, text: str, ref: Ref) -> Any:
        """The id that the text means, or the party. An unknown body is entered where `ref` allows it."""
        if ref.kinds == ("case",):
            return self._case(text)
        if "demarche" in ref.kinds and (ref.kinds == ("demarche",) or read_ref(text).kind == "demarche"):
            return self._demarche(text)
        if "case" in ref.kinds:
            return self._case(text)
        if ref.kinds == ("assembly",):
            return self.work.key("assembly", text.strip().removeprefix("assembly:")) or self.work.refs.assembly(text)
        found = self._entered(text, ref.kinds) or self.work.refs.entry(text, ref.kinds)
        if found is None and ref.words:
            return Party("words", words=text)
        if found is None and not ref.enter:
            raise EntryUnknown(ref=text, kind=ref.kinds[0])
        kind, stream = found or ("body", self._enter(text))
        return Party(kind, stream) if ref.party else stream  # type: ignore[arg-type]  # one of Party's kinds

    def _case(self, text: str) -> UUID:
        stream = self.work.taken.get(("case", text.strip())) or self.work.refs.case(text)
        if self.work.seen(self.work.case(stream)) is None:
            raise self.work.refs.unknown(read_ref(text))
        return stream

    def _demarche(self, text: str) -> UUID:
        stream = self.work.taken.get(("demarche", text.strip().removeprefix("demarche:"))) or self.work.refs.demarche(text)
        if self.work.seen(self.work.load(Demarche, stream)) is None:
            raise DemarcheUnknown(ref=text)
        return stream

    def _entered(self, text: str, kinds: tuple[str, ...]) -> tuple[str, Any] | None:
        """What this very work has entered under that name, or under that REF."""
        head, colon, tail = text.strip().partition(":")
        for (scope, key), stream in self.work.taken.items():
            if scope in kinds and isinstance(entry := self.work.loaded[stream], Entry):
                named = key == slug(text) or sort_key(entry.name) == sort_key(text)
                if (scope, key) == (head, tail) if colon else named:
                    return scope, stream
        return None

    def _enter(self, name: str) -> Any:
        """A new body of that name, since ever: only its mention is dated."""
        key = slug(name)
        undated = replace(self.work.act, occurred=None, words={})
        body = Body.create(self.work.id(f"body:{key}"), key, CreateBody(name=name), undated)
        self.work.add(body, ("body", key))
        self.work.entered.append(f"body:{key}")
        return body.id
