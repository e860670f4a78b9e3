"""A file that cannot be used is refused with its line, its column and the reason."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from workflows import errors
from workflows.errors import DefinitionError
from workflows.library import library
from workflows.reading import problems, read

GOOD = """\
workflow: errand
version: 1
label: {fr: Course, en: Errand}
initial: asked
states:
  asked: {label: {fr: Demandée, en: Asked}}
  doing: {label: {fr: En cours, en: Being done}}
  done: {final: true, label: {fr: Faite, en: Done}}
moves:
  - verb: adopt
    from: nothing
    to: asked
    roles: [officer]
  - verb: start
    from: [asked]
    to: doing
    roles: [officer]
    facts: {reason: optional}
  - verb: complete
    from: {open_but: [asked]}
    to: {doing: done, else: unchanged}
    roles: [officer, secretary]
    guards: [confirmable]
    facts:
      on: required
"""

CLOCKS = """\
clocks:
  due: slow
  task: slow
ladders:
  slow:
    - {after: 1, tell: [owner]}
    - {after: 3, tell: [owner, secretary], repeat: {every: 5, times: 3}}
    - {after: 20, tell: [secretary]}
"""
GOOD += CLOCKS

Case = tuple[str, str, type[DefinitionError], int, int, str]

CASES: list[Case] = [
    # replace this, with that: kind, line, column, a part of the reason
    ("workflow: errand", "workflow: @errand", errors.Unreadable, 1, 11, "YAML"),
    ("workflow: errand", "workflow: [errand", errors.Unclosed, 2, 8, "not closed"),
    ("initial: asked", "\tinitial: asked", errors.TabUsed, 4, 1, "tab"),
    ("  asked: {label", "   asked: {label", errors.OutOfLine, 7, 3, "indented"),
    ("initial: asked", "initial: a: b", errors.OutOfLine, 4, 11, "colon"),
    ("Course", "Co\x01rse", errors.UnseenCharacter, 3, 15, "U+0001"),
    ("  doing: {label", "  à faire: {label", errors.StateUnwritable, 7, 3, "small letters"),
    ("guards: [confirmable]", "guards: " + "[" * 30 + "]" * 30, errors.DefinitionTooDeep, 23, 30, "nested"),
    ("version: 1", "workflow: other", errors.RepeatedKey, 2, 1, "« workflow »"),
    (
        "label: {fr: Course, en: Errand}",
        "label: &l {fr: &x Course, en: *x}",
        errors.AliasUsed,
        3,
        16,
        "in full",
    ),
    ("initial: asked\n", "", errors.MissingKey, 1, 1, "« initial »"),
    ("    to: asked\n", "", errors.MissingKey, 10, 5, "« to »"),
    ("version: 1", "version: 1\nowner: me", errors.UnknownKey, 3, 1, "version"),
    ("final: true", "finale: true", errors.UnknownKey, 8, 10, "final, label"),
    ("    facts: {reason", "    fact: {reason", errors.UnknownKey, 18, 5, "first: facts"),
    ("version: 1", "version: one", errors.NumberExpected, 2, 10, "whole number"),
    ("version: 1", "version: 0", errors.NumberExpected, 2, 10, "1 or more"),
    ("final: true", "final: perhaps", errors.TrueOrFalseExpected, 8, 17, "true or false"),
    ("initial: asked", "initial: [asked]", errors.TextExpected, 4, 10, "« initial »"),
    ("en: Errand", "en: ''", errors.TextExpected, 3, 25, "« en »"),
    ("workflow: errand", "workflow: An Errand", errors.WrongShape, 1, 11, "schema"),
    (
        "roles: [officer]\n  - verb: start",
        "roles: officer\n  - verb: start",
        errors.ListExpected,
        13,
        12,
        "« roles »",
    ),
    ("roles: [officer, secretary]", "roles: []", errors.ListExpected, 22, 12, "at least one"),
    ("facts: {reason: optional}", "facts: [reason]", errors.MappingExpected, 18, 12, "name: value"),
    ("facts: {reason: optional}", "facts: {reason: maybe}", errors.NeedExpected, 18, 21, "« reason »"),
    ("from: [asked]", "from: {open_except: [asked]}", errors.SourceExpected, 15, 11, "open_but"),
    ("to: {doing: done, else: unchanged}", "to: [done]", errors.TargetExpected, 21, 9, "else"),
    ("verb: start", "verb: strat", errors.UnknownVerb, 14, 11, "first: start,"),
    ("verb: start", "verb: splice", errors.UnknownVerb, 14, 11, "« splice »"),
    ("[officer, secretary]", "[officer, secretry]", errors.UnknownRole, 22, 22, "first: secretary,"),
    ("guards: [confirmable]", "guards: [confirmed]", errors.UnknownGuard, 23, 14, "first: confirmable,"),
    ("      on: required", "      onn: required", errors.UnknownFact, 25, 7, "first: on,"),
    ("    to: doing\n", "    given: raison\n    to: doing\n", errors.UnknownFact, 16, 12, "first: reason,"),
    ("initial: asked", "initial: askd", errors.UnknownState, 4, 10, "first: asked,"),
    ("to: doing", "to: don", errors.UnknownState, 16, 9, "first: done,"),
    ("from: [asked]", "from: [nothing]", errors.UnknownState, 15, 12, "open"),
    ("{open_but: [asked]}", "{open_but: [aksed]}", errors.UnknownState, 20, 23, "first: asked,"),
    ("{doing: done,", "{asked: done,", errors.UnknownState, 21, 10, "doing"),
    ("{doing: done,", "{doing: dome,", errors.UnknownState, 21, 17, "first: done,"),
    ("  doing: {label", "  open: {label", errors.ReservedState, 7, 3, "« open »"),
    ("{open_but: [asked]}", "{open_but: [asked, doing]}", errors.NoSource, 20, 11, "« complete »"),
    ("{doing: done, else: unchanged}", "{}", errors.TargetMissing, 21, 9, "« doing »"),
    ("verb: start", "verb: move", errors.NameMissing, 14, 11, "« label »"),
    ("verb: start", "verb: start\n    name: begin", errors.NameNotAllowed, 15, 5, "« move »"),
    (
        "verb: start",
        "verb: move\n    label: {fr: Partir, en: Leave}\n    name: start",
        errors.NameTaken,
        16,
        11,
        "« start »",
    ),
    (
        "verb: complete",
        "verb: start\n    from: [asked]\n    to: done\n    roles: [officer]\n  - verb: complete",
        errors.MoveNeverTaken,
        19,
        11,
        "line 14",
    ),
    ("from: nothing", "from: asked", errors.NoCreation, 10, 3, "« nothing »"),
    ("    to: asked\n", "    to: doing\n", errors.CreationElsewhere, 12, 9, "« asked »"),
    ("    to: doing\n", "    to: done\n", errors.Unreachable, 7, 3, "« doing »"),
    ("to: {doing: done, else: unchanged}", "to: doing", errors.DeadEnd, 6, 3, "« asked »"),
    ("workflow: errand", "workflow: chore", errors.OtherFileName, 1, 11, "chore.v1.yaml"),
    ("  task: slow", "  tasks: slow", errors.UnknownClock, 28, 3, "first: task,"),
    ("  due: slow", "  due: slo", errors.UnknownLadder, 27, 8, "first: slow"),
    ("  due: slow\n  task: slow", "  {}", errors.LadderUnused, 29, 3, "« slow »"),
    ("after: 20, tell: [secretary]", "after: 20, tell: [secretery]", errors.UnknownReader, 33, 26, "first: secretary,"),
    ("owner, secretary], repeat", "owner, body, chair], repeat", errors.UnknownReader, 32, 38, "« chair »"),
    ("after: 3", "after: 1", errors.LadderDescends, 32, 15, "repetitions included"),
    ("after: 20", "after: 13", errors.LadderDescends, 33, 15, "later"),
    ("after: 1, ", "after: -1, ", errors.NumberExpected, 31, 15, "0 or more"),
    ("after: 1, ", "after: 1.5, ", errors.NumberExpected, 31, 15, "0 or more"),
    ("after: 20", "after: 2000", errors.NumberTooLarge, 33, 15, "1000 at the most"),
    ("times: 3", "times: 1", errors.NumberExpected, 32, 70, "2 or more"),
    ("every: 5", "every: often", errors.NumberExpected, 32, 60, "1 or more"),
    ("every: 5", "evry: 5", errors.MissingKey, 32, 52, "« every »"),
    ("after: 1, tell: [owner]", "after: 1, tel: [owner]", errors.MissingKey, 31, 7, "« tell »"),
    ("    - {after: 1, tell: [owner]}\n", "    - after: 1\n      tell: []\n", errors.ListExpected, 32, 13, "at least one"),
]


def written(folder: Path, text: str) -> Path:
    file = folder / "errand.v1.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_file_that_the_others_are_made_from_is_good(tmp_path: Path) -> None:
    assert problems(written(tmp_path, GOOD)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2].__name__}-{case[3]}-{case[4]}")
def test_a_bad_file_gives_its_line_and_reason(tmp_path: Path, case: Case) -> None:
    old, new, kind, line, column, reason = case
    assert old in GOOD
    file = written(tmp_path, GOOD.replace(old, new, 1))
    first = problems(file)[0]
    assert type(first) is kind
    assert (first.facts["line"], first.facts["column"]) == (line, column)
    assert str(first).startswith(f"errand.v1.yaml, line {line}, column {column}: ")
    assert reason in str(first)
    with pytest.raises(kind, match=f"line {line}, column {column}"):
        read(file)


def test_every_kind_of_problem_is_tried() -> None:
    kinds = {
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DefinitionError)
    }
    of_files = {errors.WrongCharset, errors.DefinitionTooLarge, errors.FileAbsent, errors.FileUnreachable, errors.NoFile}
    of_folders = {errors.AlreadyDefined, errors.VersionChanged, errors.VersionGone}
    assert kinds - {DefinitionError} - of_files - of_folders == {case[2] for case in CASES}


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert [type(problem) for problem in problems(written(tmp_path, ""))] == [errors.MappingExpected]


FILES: list[tuple[Callable[[Path], object], type[DefinitionError], int, int]] = [
    (lambda file: file.write_bytes(b"label: \xe9t\xe9"), errors.WrongCharset, 1, 8),
    (lambda file: file.write_bytes(GOOD.encode("utf-16")), errors.WrongCharset, 1, 1),
    (lambda file: file.write_bytes(b"version: 1\nlabel: a\x00b"), errors.UnseenCharacter, 2, 9),
    (lambda file: file.write_text(GOOD + "#" * 300_000), errors.DefinitionTooLarge, 1, 1),
    (lambda file: file.write_text("[" * 200_000), errors.DefinitionTooDeep, 1, 21),
    (lambda file: file.symlink_to("/nowhere/errand.v1.yaml"), errors.FileAbsent, 1, 1),
    (lambda file: file.symlink_to(file.name), errors.FileAbsent, 1, 1),
    (lambda file: file.mkdir(), errors.NoFile, 1, 1),
    (lambda file: os.mkfifo(file), errors.NoFile, 1, 1),
]


@pytest.mark.parametrize("case", FILES, ids=lambda case: f"{case[1].__name__}-{case[2]}-{case[3]}")
def test_a_file_that_is_no_text_is_refused(
    tmp_path: Path, case: tuple[Callable[[Path], object], type[DefinitionError], int, int]
) -> None:
    make, kind, line, column = case
    file = tmp_path / "errand.v1.yaml"
    make(file)
    (found,) = problems(file)
    assert (type(found), found.facts["line"], found.facts["column"]) == (kind, line, column)
    with pytest.raises(kind):
        library(tmp_path)


def test_a_mark_of_the_order_of_bytes_is_no_fault(tmp_path: Path) -> None:
    assert problems(written(tmp_path, "\ufeff" + GOOD)) == []


def test_a_link_to_a_good_file_serves(tmp_path: Path) -> None:
    there = tmp_path / "elsewhere"
    there.mkdir()
    written(there, GOOD)
    (tmp_path / "errand.v1.yaml").symlink_to(there / "errand.v1.yaml")
    assert "errand.v1" in {each.name for each in library(tmp_path)}


@pytest.mark.parametrize("name", ["errand.v1.yml", "errand.v1.json", "errand.v1.YAML", "Errand.v1.yaml", "errand.v01.yaml"])
def test_a_file_under_another_name_is_refused_with_the_right_one(tmp_path: Path, name: str) -> None:
    written(tmp_path, GOOD)
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(errors.OtherFileName, match=r"errand\.v1\.yaml"):
        library(tmp_path)


def test_what_is_no_definition_lies_there_in_peace(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    for name in ("LISEZMOI.txt", ".errand.v1.yaml.swp", "._errand.v1.yaml", "~lock.yaml", "errand.v1.yaml~"):
        (tmp_path / name).write_text("x")
    assert "errand.v1" in {each.name for each in library(tmp_path)}


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "workflows").write_text("x")
    with pytest.raises(errors.FolderUnreachable, match="workflows"):
        library(tmp_path / "workflows")


def test_all_problems_are_told_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = GOOD.replace("verb: complete", "verb: finish").replace("initial: asked", "initial: begun")
    found = problems(written(tmp_path, text))
    assert [(type(problem), problem.facts["line"]) for problem in found] == [
        (errors.UnknownState, 4),
        (errors.UnknownVerb, 19),
    ]


def test_a_final_state_needs_no_way_back(tmp_path: Path) -> None:
    read(written(tmp_path, GOOD))


def test_an_organisation_adds_a_workflow_with_a_move_of_its_own(tmp_path: Path) -> None:
    text = GOOD.replace(
        "verb: start", "verb: move\n    name: set-out\n    label: {fr: Se mettre en route, en: Set out}"
    )
    written(tmp_path, text)
    errand = library(tmp_path)["errand.v1"]
    assert "resolution.v1" in {each.name for each in library(tmp_path)}
    assert errand.verbs == ("adopt", "set-out", "complete")
    assert errand.moves("set-out")[0].verb == "move"
    assert errand.moves("move") == ()


def test_an_organisation_cannot_redefine_a_shipped_workflow(tmp_path: Path) -> None:
    text = GOOD.replace("workflow: errand", "workflow: resolution")
    (tmp_path / "resolution.v1.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(errors.AlreadyDefined, match=r"line 1, column 11: resolution\.v1 is defined already"):
        library(tmp_path)


def test_the_latest_version_is_the_highest(tmp_path: Path) -> None:
    for version in (2, 10, 9):
        text = GOOD.replace("version: 1", f"version: {version}")
        (tmp_path / f"errand.v{version}.yaml").write_text(text, encoding="utf-8")
    assert library(tmp_path).latest("errand").name == "errand.v10"


def test_an_unknown_workflow_is_refused_with_those_that_are_known() -> None:
    for ask in (library().__getitem__, library().latest):
        with pytest.raises(errors.UnknownWorkflow, match=r"« resolutoin ».*resolution"):
            ask("resolutoin")
