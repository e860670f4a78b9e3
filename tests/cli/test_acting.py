"""What is recorded at the terminal, by whom, and how a refusal is said."""

from __future__ import annotations

from uuid import uuid4

import pytest

from services.schema import Urls
from tests.cli.conftest import SAMPLE, Suivi
from tests.services.mailing import post_office


def test_the_first_use_makes_a_secretary(suivi: Suivi) -> None:
    answer = suivi("act", "assembly:2023", "create", "--set", "name=Assemblée 2023", "--json", lang="en")
    assert answer.code == 0
    assert answer.json["ref"] == "assembly:2023"
    assert "“marie” is now secretary and administrator" in answer.err
    assert suivi.done("user", "list", "--json").json["items"][0]["roles"] == ["administrator", "secretary"]
    assert suivi.done("act", "assembly:2023", "rename", "--set", "name=Assemblée").err == ""


def test_others_may_not_write_and_learn_who_can_add_them(cases: Suivi) -> None:
    answer = cases("act", "17", "start", user="bob", lang="en")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "“bob” has no account here and can only read. Those who can add one: marie.\n"
    assert cases.done("cases", "--json", user="bob").json["items"]


def test_what_was_changed_is_printed_as_it_stands(cases: Suivi) -> None:
    case = cases.done("act", "17", "start", "--json").json
    assert (case["ref"], case["state"], case["version"]) == ("2023:17", "in_progress", 2)
    told = cases.done("act", "17", "postpone", "--set", "until=2099-09", "--set", "reason=Budget").words
    assert told.startswith("C’est consigné. Remise à plus tard; reprise prévue en septembre 2099; motif : « Budget ».")
    assert "2023:17 · Un jardin collectif État remise Remise à septembre 2099" in told


def test_every_deadline_that_an_act_answers_is_told(suivi: Suivi, database: Urls) -> None:
    with post_office(database) as office:
        office.due()
        office.tasks(1)
        office.reach()
    both = ["Échéance (17 septembre 2024) : rappels repoussés", "Tâche 1 (17 septembre 2024) : rappels repoussés"]
    told = suivi.done("act", "17", "snooze", "--set", "until=2024-11-01", user="ana").words
    assert [each in told for each in both] == [True, True]
    suivi.done("act", "17", "acknowledge-step", "--set", "clock=due", user="ana")
    told = suivi.done("act", "17", "acknowledge-step", user="ana").words
    assert "Tâche 1 (17 septembre 2024) : accusé de réception" in told and "Échéance (17 septembre 2024) : a" not in told


def test_an_unknown_body_is_entered_and_said(cases: Suivi) -> None:
    answer = cases.done("act", "17", "refer", "--set", "body=Comité des jardins", "--json")
    assert answer.json["state"] == "referred"
    assert answer.err.startswith("body:comite-des-jardins n’était pas au répertoire")
    assert cases.done("act", "5", "refer", "--set", "body=comité des jardins").err == ""


def test_a_refusal_says_what_is_possible(cases: Suivi) -> None:
    answer = cases("act", "17", "resume", "--json", lang="en")
    assert (answer.code, answer.out) == (1, "")
    assert "2023:17 is “Adopted”: “resume” is not possible from there. Possible now: reword, confirm" in answer.err
    assert answer.err.endswith("What is possible now, and how to type it: suivi act 17\n")
    assert cases("act", "17", "dance").code == 1
    assert cases("act", "17", "start", "--set", "colour=blue").code == 1


def test_one_part(cases: Suivi) -> None:
    case = cases.done("act", "12", "start", "--part", "12", "--json").json
    assert [part["state"] for part in case["parts"]] == ["adopted", "in_progress"]


def test_the_day_it_happened(cases: Suivi) -> None:
    cases.done("act", "17", "start", "--occurred", "26 juin 2024")
    assert cases.done("history", "17", "--json").json["items"][-1]["occurred"] == "2024-06-26"


def test_a_stale_version_is_refused(cases: Suivi) -> None:
    cases.done("act", "17", "start", "--if-version", "1")
    answer = cases("act", "17", "complete", "--set", "completion=full", "--if-version", "1", lang="en")
    assert answer.code == 1
    assert "2023:17 has changed since you read it" in answer.err


def test_the_same_command_twice_is_recorded_once(cases: Suivi) -> None:
    typed = ("act", "17", "note", "--set", "text=Appel", "--command-id", str(uuid4()), "--json")
    first, second = cases.done(*typed), cases.done(*typed)
    assert first.json == second.json
    assert "rien n’a été ajouté" in second.err
    assert len(cases.done("case", "17", "--json").json["notes"]) == 1


@pytest.mark.parametrize("before", [True, False])
def test_an_administrator_acts_for_someone(cases: Suivi, before: bool) -> None:
    cases.done("user", "add", "jean", "--role", "officer")
    typed = ("act", "17", "start")
    cases.done(*(("--as", "jean", *typed) if before else (*typed, "--as", "jean")))
    started = cases.done("history", "17", "--json").json["items"][-1]
    assert started["actor"] == "marie"
    assert started["data"]["on_behalf_of"]
    assert cases("act", "17", "block", "--as", "marie", user="jean").code == 1


def test_without_a_verb_what_is_possible_is_listed(cases: Suivi) -> None:
    answer = cases("act", "17")
    assert (answer.code, answer.out) == (2, "")
    assert "Dites ce qui arrive à 17 : suivi act 17 VERBE." in answer.words
    assert "commencer suivi act 2023:17 start" in answer.words
    entry = cases("act", "assembly:2023", "--json")
    assert (entry.code, entry.out) == (2, "")
    assert "rename" in entry.err and "settle-numbers" in entry.err and "create" not in entry.err
    absent = cases("act", "assembly:2031")
    assert absent.code == 2 and "suivi act assembly:2031 create" in absent.words and "rename" not in absent.words


def test_confirming_one(suivi: Suivi) -> None:
    suivi.done("import", str(SAMPLE), "--reference-date", "2024-09~")
    case = suivi.done("confirm", "22", "--json").json
    assert (case["state"], case["proposal"]) == ("blocked", None)
    again = suivi("confirm", "22", lang="en")
    assert (again.code, again.out) == (1, "")


def test_confirming_all_of_a_confidence(suivi: Suivi) -> None:
    suivi.done("import", str(SAMPLE), "--reference-date", "2024-09~")
    sure = suivi.done("confirm", "--all", "--confidence", "élevée", "--json").json["items"]
    assert sure and all(case["proposal"] is None and case["state"] != "adopted" for case in sure)
    left = [row["ref"] for row in suivi.done("cases", "--json").json["items"] if row["proposal"]]
    told = suivi.done("confirm", "--all").words
    assert f"{len(left)} dossiers établis." in told
    assert "Rien à établir" in suivi.done("confirm", "--all").words
    assert suivi.done("confirm", "--all", "--json").json == {"items": []}


def test_whoever_asks_is_reminded_whatever_the_state(cases: Suivi) -> None:
    told = cases.done("act", "17", "remind-me", "--set", "until=dans trois semaines", "--set", "text=la ministre").words
    assert told.startswith("C’est consigné. Rappel demandé par marie le ")
    assert "(« dans trois semaines »); à ne pas oublier : « la ministre »." in told
    assert "Rappel demandé par marie, " in cases.done("case", "17").words
    (clock,) = cases.done("case", "17", "--json").json["clocks"]
    assert (clock["kind"], clock["turn"], clock["about"]["name"]) == ("personal", "us", "marie")
    (deadline,) = cases.done("deadlines", "--json").json["items"]
    assert (deadline["turn"], deadline["about"]["name"]) == ("us", "marie")
    for until, words in (("2020-01-01", "pour un jour à venir"), ("2099/..", "Dites quel jour"), ("tantôt", "tantôt")):
        refused = cases("act", "17", "remind-me", "--set", f"until={until}")
        assert refused.code == 1 and words in refused.words
    cases.done("act", "17", "acknowledge-step", "--set", "clock=personal")
    assert cases.done("case", "17", "--json").json["clocks"] == []


def test_a_task_that_waits_for_another_case_is_shown_as_such(cases: Suivi) -> None:
    cases.done("act", "18", "adopt", "--set", "title=Un autre")
    told = cases.done("act", "17", "add-task", "--set", "text=Relire", "--set", "upon=18", "--set", "within=5").words
    assert "Tâche 1 : « Relire »; à faire dans les 5 jours ouvrables suivant la fin du dossier 2023:18." in told
    assert "1. Relire · dans les 5 jours ouvrables suivant la fin du dossier 2023:18" in cases.done("case", "17").words
    (task,) = cases.done("case", "17", "--json").json["tasks"]
    assert (task["due"], task["waits"], task["upon"], task["within"]) == (None, True, "2023:18", 5)
    assert "Le dossier 2023:17 attend qu’elle soit close." in cases.done("history", "18").words
    assert "2023:18 → 2023:17 → 2023:18" in cases("act", "18", "add-task", "--set", "text=x", "--set", "upon=17").words
    cases.done("act", "18", "close-undone", "--set", "reason=non")
    (task,) = cases.done("case", "17", "--json").json["tasks"]
    assert task["due"] and not task["waits"]
    (became,) = [e["text"] for e in cases.done("history", "17", "--json").json["items"] if e["event"] == "TaskBecameDue"]
    assert "depuis la fin du dossier 2023:18" in became and became.endswith("; «\u00a0Relire\u00a0».")
