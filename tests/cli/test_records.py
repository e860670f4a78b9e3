"""Records at the terminal: lists, one, what is recorded, what is refused."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Suivi

FORUM = ("--set", "kind=activité", "--set", "title=Forum sur l’eau", "--set", "date=4 octobre 2024", "--set",
         "figures=près de 250 personnes")  # fmt: skip


def test_nothing_yet(suivi: Suivi) -> None:
    empty = suivi("records")
    assert empty.code == 0 and "record:new create" in empty.words
    assert suivi("records", "--json").json == {"items": []}
    assert "Rien ne correspond" in suivi("records", "--kind", "alliance").words


def test_one_is_made_listed_and_shown(suivi: Suivi) -> None:
    made = suivi("act", "record:new", "create", *FORUM)
    assert made.code == 0 and "record:1 · Forum sur l’eau" in made.words, made.words
    assert "près de 250 personnes" in made.words
    shown = suivi("records", "--kind", "activité")
    assert shown.code == 0 and "4 octobre 2024" in shown.words and "1 fiche" in shown.words
    assert suivi("records", "--query", "zzz", "--json").json == {"items": []}
    card = suivi("record", "1")
    assert card.code == 0 and "près de 250 personnes" in card.words and "suivi history record:1" in card.words
    assert suivi("record", "record:1", "--json").json["figures"][0]["bound"] == "about"
    told = suivi("history", "record:1")
    assert told.code == 0 and "Forum sur l’eau" in told.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [(("record", "9"), "suivi records"), (("records", "--kind", "fête"), "alliance"), (("record", "2023:17"), "suivi records"),
     (("act", "record:new", "create", "--set", "kind=activity"), "title"), (("records", "--since", "jadis"), "jadis")],
)  # fmt: skip
def test_what_is_refused_says_what_to_do(suivi: Suivi, typed: tuple[str, ...], said: str) -> None:
    answer = suivi(*typed)
    assert answer.code != 0 and said in answer.words, answer.words


def test_without_a_verb_what_may_be_typed_is_listed(suivi: Suivi) -> None:
    suivi("act", "record:new", "create", *FORUM)
    answer = suivi("act", "record:1")
    assert answer.code == 2 and "suivi act record:1 withdraw --set reason=…" in answer.words and "create" not in answer.words
    assert "suivi act record:new create" in suivi("act", "record:new").words
