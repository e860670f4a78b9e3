"""What was ever recorded loads for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import UNSET, structs

from domain import codec
from domain.base import Event
from tests.golden.files import FOLDER, expected, file_of, kinds, topic_in
from tests.golden.samples import sample

FILES = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_stored_event_loads_for_ever(file: Path) -> None:
    data = file.read_bytes()
    event = codec.open(topic_in(file), data)
    assert type(event).__name__ == file.name.split(".")[0]
    if codec.topic_of(type(event)) == topic_in(file):
        assert codec.seal(event) == data, "it is not stored again as it was: give the new shape another revision"
    assert codec.open(codec.topic_of(type(event)), codec.seal(event)) == event


def test_every_event_has_a_file_for_each_revision() -> None:
    missing = [file.name for file in (file_of(*each) for each in expected()) if not file.exists()]
    assert not missing, f"{missing}: add a sample to tests/golden/samples.py, then run `python -m tests.golden.write`"


def test_every_file_is_of_an_event() -> None:
    assert {file.name for file in FILES} <= {file_of(*each).name for each in expected()}


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_sample_says_every_fact(kind: type[Event]) -> None:
    said = sample(kind)
    for field in structs.fields(kind):
        usual = field.default if field.default_factory is UNSET else None
        assert field.required or getattr(said, field.name) not in (usual, {}, (), None), field.name


@pytest.mark.parametrize("topic", ["CaseForgotten", "CaseReferred.2", "Moved.9"])
def test_a_topic_of_a_later_version_is_refused_by_its_name(topic: str) -> None:
    with pytest.raises(codec.TopicUnknown) as refusal:
        codec.open(topic, b"{}")
    assert refusal.value.facts == {"topic": topic}
