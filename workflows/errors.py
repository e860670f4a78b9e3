"""The base of every error a person may meet, and what can be wrong with a definition. The class docstring is the
message, in English; the catalogues translate it and the same facts fill it (`known`: the accepted words, the closest
first)."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any


def nearest(word: str, known: Iterable[str]) -> str:
    """The accepted words as a list to print, the closest to `word` first."""
    return ", ".join(sorted(known, key=lambda other: -SequenceMatcher(None, word, other).ratio()))


class SuiviError(Exception):
    """Something went wrong."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))

    @property
    def message(self) -> str:
        """The template that a catalogue translates: the docstring on one line."""
        return " ".join((type(self).__doc__ or "").split())


class WorkflowError(SuiviError):
    """Something is wrong with a workflow."""


class UnknownWorkflow(WorkflowError):
    """The workflow « {name} » is not known. Known workflows, the closest first: {known}."""


class DefinitionError(WorkflowError):
    """{file}, line {line}, column {column}: this definition cannot be used."""


class Unreadable(DefinitionError):
    """{file}, line {line}, column {column}: this is not readable YAML ({problem})."""


class TabUsed(DefinitionError):
    """{file}, line {line}, column {column}: a tab stands here. Indent with spaces."""


class Unclosed(DefinitionError):
    """{file}, line {line}, column {column}: a bracket, a brace or a quotation mark that was opened before is not closed."""


class OutOfLine(DefinitionError):
    """{file}, line {line}, column {column}: this does not go with what stands before. Check how far it is indented, and
    that a colon and a space follow each name."""


class WrongCharset(DefinitionError):
    """{file}, line {line}, column {column}: this is not written in UTF-8. Save the file in that encoding."""


class UnseenCharacter(DefinitionError):
    """{file}, line {line}, column {column}: a character that cannot be seen stands here ({code}). Delete it."""


class DefinitionTooLarge(DefinitionError):
    """{file}, line {line}, column {column}: this file has {size} KB; a definition has {most} KB at the most."""


class DefinitionTooDeep(DefinitionError):
    """{file}, line {line}, column {column}: this is nested deeper than a definition ever is."""


class FileAbsent(DefinitionError):
    """{file}, line {line}, column {column}: there is no file here, or the link leads nowhere. Put it back, or take the
    link away."""


class FileUnreachable(DefinitionError):
    """{file}, line {line}, column {column}: this file cannot be read ({reason}). Let Suivi read it, or take it away."""


class NoFile(DefinitionError):
    """{file}, line {line}, column {column}: this is no file. A definition is one."""


class RepeatedKey(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » is written twice in the same place. Keep one of
    them."""


class AliasUsed(DefinitionError):
    """{file}, line {line}, column {column}: a definition has no aliases. Write it out in full."""


class MissingKey(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » is missing here."""


class UnknownKey(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » has no place here. Accepted, the closest first:
    {known}."""


class WrongShape(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » is not written as expected. See the published schema,
    docs/workflows/definition.schema.json."""


class TextExpected(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » takes a text."""


class NumberExpected(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » takes a whole number, {least} or more."""


class NumberTooLarge(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » is {most} at the most."""


class TrueOrFalseExpected(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » takes true or false."""


class ListExpected(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » takes a list of at least one item."""


class MappingExpected(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » takes names and values, one « name: value » to a
    line."""


class NeedExpected(DefinitionError):
    """{file}, line {line}, column {column}: the fact « {word} » is either required or optional."""


class SourceExpected(DefinitionError):
    """{file}, line {line}, column {column}: « from » takes a state, a list of states, one of the words
    {known}, or « open_but » or « any_but » with a list of states."""


class TargetExpected(DefinitionError):
    """{file}, line {line}, column {column}: « to » takes a state, one of the words {known}, or one target for
    each state of « from », with « else » for the others."""


class UnknownVerb(DefinitionError):
    """{file}, line {line}, column {column}: the verb « {word} » is not known. Known verbs, the closest first:
    {known}."""


class UnknownRole(DefinitionError):
    """{file}, line {line}, column {column}: the role « {word} » is not known. Known roles, the closest first:
    {known}."""


class UnknownGuard(DefinitionError):
    """{file}, line {line}, column {column}: the guard « {word} » is not known. Known guards, the closest
    first: {known}."""


class UnknownFact(DefinitionError):
    """{file}, line {line}, column {column}: the fact « {word} » is not known. Known facts, the closest first:
    {known}."""


class UnknownClock(DefinitionError):
    """{file}, line {line}, column {column}: the deadline « {word} » is not known. Known deadlines, the closest
    first: {known}."""


class UnknownReader(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » is nobody who can be told. Accepted, the closest first:
    {known}."""


class UnknownLadder(DefinitionError):
    """{file}, line {line}, column {column}: there is no ladder « {word} » here. Those that there are, the closest
    first: {known}."""


class LadderUnused(DefinitionError):
    """{file}, line {line}, column {column}: no clock climbs the ladder « {word} ». Name it under « clocks », or take
    it out."""


class LadderDescends(DefinitionError):
    """{file}, line {line}, column {column}: this step must come later than the one before it, repetitions
    included."""


class UnknownState(DefinitionError):
    """{file}, line {line}, column {column}: the state « {word} » is not known here. Accepted, the closest
    first: {known}."""


class ReservedState(DefinitionError):
    """{file}, line {line}, column {column}: no state may be called « {word} », which has a meaning of its
    own. Choose another name than {known}."""


class NoSource(DefinitionError):
    """{file}, line {line}, column {column}: no state is left for « {word} » to start from."""


class TargetMissing(DefinitionError):
    """{file}, line {line}, column {column}: nothing says where « {word} » leads from « {state} ». Add that
    state, or « else »."""


class StateUnwritable(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » cannot name a state. Its name is made of small letters without
    accents, digits and « _ »; what people read is its label."""


class NameMissing(DefinitionError):
    """{file}, line {line}, column {column}: a move of the organisation’s own needs a « name » and a « label
    »."""


class NameNotAllowed(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » has its name and label already; only the verb « move »
    takes them."""


class NameTaken(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » is a verb already. Choose another name."""


class MoveNeverTaken(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » from « {state} » is never taken: the move at line
    {other} always comes first. Give one of them another guard, or put the one with more conditions first."""


class NoCreation(DefinitionError):
    """{file}, line {line}, column {column}: no verb creates anything. Add a move from « nothing » to «
    {initial} »."""


class CreationElsewhere(DefinitionError):
    """{file}, line {line}, column {column}: « {word} » creates, so it leads to the initial state « {initial}
    »."""


class Unreachable(DefinitionError):
    """{file}, line {line}, column {column}: no move leads to the state « {word} »."""


class DeadEnd(DefinitionError):
    """{file}, line {line}, column {column}: from the state « {word} », no final state can be reached. Add a
    move, or make it final."""


class OtherFileName(DefinitionError):
    """{file}, line {line}, column {column}: this file defines {name}, so it is to be called {expected}."""


class AlreadyDefined(DefinitionError):
    """{file}, line {line}, column {column}: {name} is defined already, in {other}. Give yours another name or
    the next version."""


class VersionChanged(DefinitionError):
    """{file}, line {line}, column {column}: cases follow {name} already, and its rules are no longer what they were. Put the
    file back as it was, and write what is new as {next}. Labels alone may be corrected."""


class VersionGone(DefinitionError):
    """{file}, line {line}, column {column}: cases follow {name}, and this file is no longer in {folder}. Put it back."""


class FolderUnreachable(WorkflowError):
    """The folder of definitions, {folder}, cannot be read ({reason})."""
