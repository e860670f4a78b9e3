"""A démarche, asked at a door: the office of the day, its cases, the thread that goes on elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from domain.case.refusals import GuardUnmet
from domain.demarche import refusals
from domain.demarche.demarche import Demarche
from domain.directory import OfficeGone, OfficeSucceeded
from domain.errors import SuiviError
from domain.values import Count, Party
from services.act import AlreadyThere, Ask, AskWithFile, PartOfThread, act, act_all
from services.attachments.files import upload
from services.demarches import NobodyHeld, NotNext, OutsideTerm
from services.refs import DemarcheUnknown
from services.schema import Urls
from services.store import Store
from services.subjects import open_threads
from tests.services.clockwork import Clockwork, clockwork, local

OFFICES = ("ressources", "environnement", "education", "famille")


def threads(work: Clockwork) -> dict[str, Demarche]:
    """REF -> each thread."""
    rows = work.store.connection.execute("SELECT key, stream FROM suivi.keys WHERE scope = 'demarche'").fetchall()
    return {f"demarche:{key}": work.store.load(Demarche, stream) for key, stream in rows}


@pytest.fixture
def work(database: Urls) -> Iterator[Clockwork]:
    """Four offices of the National Assembly, one minister each, and two cases that Léa follows."""
    with clockwork(database) as work:
        for number in (17, 18):
            work.do(work.adopt(number), "assign", owner="person:lea")
        for key in OFFICES:
            work.do(f"office:{key}", "create", name=f"ministre de {key}", legislature="QC")
            work.do(f"person:{key}", "create", name=f"Camille {key}")
            work.do(f"office:{key}", "appoint", person=f"person:{key}", charge="holder", occurred="2022-10-20")
        yield work


def test_one_mailing_opens_a_thread_with_each_office(work: Clockwork) -> None:
    facts = {"cases": ["2023:17", "2023:18"], "office": ["office:education", "office:famille"], "kind": "lettre",
             "count": "au moins 2", "by": "le district"}  # fmt: skip
    act(work.store, work.actor, Ask(ref="demarche:new", verb="send", facts=facts, occurred="2024-06-26"))
    first, second = threads(work).values()
    assert (first.ref, second.ref) == ("demarche:1", "demarche:2")
    assert first.sent and second.sent and first.sent.mailing == second.sent.mailing is not None
    assert (first.attempts, first.sent.by) == (Count(2, None, "au moins 2"), Party("words", words="le district"))
    assert first.holder == work.person("education") and first.legislature == "QC"
    assert work.case("2023:18").threads == [first.id, second.id]


def test_an_office_that_is_named_twice_is_written_to_once(work: Clockwork) -> None:
    facts = {"cases": ["2023:17", "2023:17"], "office": ["office:education", "office:education"]}
    act(work.store, work.actor, Ask(ref="demarche:new", verb="send", facts=facts))
    (thread,) = threads(work).values()
    assert thread.sent and thread.sent.mailing is None and work.case("2023:17").threads == [thread.id]
    with pytest.raises(refusals.NoneSent):
        act(work.store, work.actor, Ask(ref="demarche:new", verb="send", facts=facts | {"count": "0"}))


def test_threads_are_numbered_one_after_the_other(work: Clockwork, database: Urls) -> None:
    def send(barrier: Barrier) -> None:
        with Store(database.writer) as store:
            barrier.wait()
            act(store, work.actor, Ask(ref="demarche:new", verb="send", facts={"cases": "2023:17", "office": "office:famille"}))

    barrier = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(send, barrier) for _ in range(4)]:
            done.result()
    assert sorted(threads(work)) == [f"demarche:{n}" for n in range(1, 5)]
    assert len(work.case("2023:17").threads) == 4
    with pytest.raises(NotNext):
        work.do("demarche:7", "send", cases="2023:17", office="office:famille")
    with pytest.raises(AlreadyThere):
        work.do("demarche:3", "send", cases="2023:17", office="office:famille")


def sent(work: Clockwork, office: str, *cases: str, **facts: Any) -> str:
    number = len(threads(work)) + 1
    work.do(f"demarche:{number}", "send", cases=list(cases or ("2023:17",)), office=f"office:{office}", **facts)
    return f"demarche:{number}"


def test_a_redirection_opens_the_thread_that_goes_on_and_no_attempt_is_counted(work: Clockwork) -> None:
    sent(work, "ressources", occurred="2024-06-01")
    work.do("demarche:1", "hold-meeting", met="staff", occurred="2024-07-04")
    work.do("demarche:1", "redirect", office="office:environnement", occurred="2024-07-04")
    first, second = threads(work).values()
    assert (first.state, first.redirected_to, second.redirected_from) == ("redirected", second.id, first.id)
    assert (second.attempts, second.first_sent, second.whose_turn) == (Count(0, 0), None, "them")
    assert second.office != first.office and second.cases == first.cases
    assert work.case("2023:17").threads == [first.id, second.id]


def test_a_redirection_points_at_the_thread_that_is_open_there(work: Clockwork) -> None:
    sent(work, "environnement", count="multiples")
    sent(work, "ressources")
    work.do("demarche:2", "redirect", office="office:environnement")
    first, second = threads(work).values()
    assert (second.redirected_to, first.redirected_from, first.attempts.min) == (first.id, second.id, 2)
    assert len(threads(work)) == 2


def test_a_redirection_in_a_circle_is_refused_and_changes_nothing(work: Clockwork) -> None:
    sent(work, "ressources")
    with pytest.raises(refusals.Encircled):
        work.do("demarche:1", "redirect", office="office:ressources")
    work.do("demarche:1", "redirect", office="office:environnement")
    work.do("demarche:2", "redirect", office="office:education")
    with pytest.raises(refusals.Encircled) as refused:
        work.do("demarche:3", "redirect", office="office:ressources")
    assert len(refused.value.facts["chain"]) == 3
    assert [thread.state for thread in threads(work).values()] == ["redirected", "redirected", "sent"]


def test_a_holder_is_met_during_their_term(work: Clockwork) -> None:
    sent(work, "famille", occurred="2022-01")
    with pytest.raises(NobodyHeld):
        work.do("demarche:1", "hold-meeting", met="holder", occurred="2022-03-01")
    with pytest.raises(OutsideTerm):
        work.do("demarche:1", "hold-meeting", met="holder", holder="person:famille", occurred="2022-03-01")
    work.do("demarche:1", "hold-meeting", met="holder", occurred="2024-05-01")
    assert threads(work)["demarche:1"].meetings[0].holder == work.person("famille")


def test_an_office_that_is_no_more_is_not_written_to(work: Clockwork) -> None:
    sent(work, "famille", occurred="2024-06-26")
    work.do("demarche:1", "remind", count="3")
    work.do("office:famille", "merge", into="office:education")
    thread = threads(work)["demarche:1"]
    assert thread.office == work.refs_of("office", "education") and thread.reminders == Count(3, 3)
    with pytest.raises(OfficeSucceeded):
        sent(work, "famille")
    work.do("office:ressources", "dissolve")
    with pytest.raises(OfficeGone):
        sent(work, "ressources")


def test_the_open_threads_of_an_office_are_found_before_the_lists_know_of_them(work: Clockwork) -> None:
    sent(work, "famille")
    work.home.catch_up()
    sent(work, "famille")
    work.do("demarche:1", "close", reason="réglé autrement")
    office = work.refs_of("office", "famille")
    assert [one.ref for one in open_threads(work.store, office)] == ["demarche:2"]


def test_what_nobody_may_see_of_a_case_is_not_seen_of_its_threads(work: Clockwork) -> None:
    sent(work, "famille")
    work.do("2023:17", "restrict", visibility="named", people=["person:lea"])
    from services.execute import Actor

    stranger = Actor(work.person("noe"), frozenset({"officer"}))
    with pytest.raises(DemarcheUnknown):
        act(work.store, stranger, Ask(ref="demarche:1", verb="remind"))


def test_a_case_is_not_wholly_done_while_a_thread_awaits(work: Clockwork) -> None:
    sent(work, "famille")
    with pytest.raises(GuardUnmet):
        work.do("2023:17", "complete", completion="full")
    work.do("2023:17", "complete", completion="partial")
    work.do("2023:17", "reopen", reason="la ministre a répondu")
    work.do("demarche:1", "answer", answer="accepte")
    work.do("2023:17", "complete", completion="full")
    assert work.case("2023:17").state == "done"


def test_the_owner_of_the_case_is_told_once_the_ladder_says_so(work: Clockwork) -> None:
    sent(work, "famille", occurred="2024-09-16")
    assert work.sweep_at(local("2024-10-30 07:59")).steps == 0
    assert work.sweep_at(local("2024-10-30 08:00")).steps == 1
    assert work.sweep_at(local("2024-10-30 09:00")).steps == 0
    (step,) = work.steps()
    assert (step.kind, step.told, step.draft) == ("answer", (work.person("lea"),), "")


def test_an_answer_ends_the_chase(work: Clockwork) -> None:
    sent(work, "famille", occurred="2024-09-16")
    work.do("demarche:1", "decline", reason="agenda complet")
    assert work.sweep_at(local("2026-01-05 12:00")).steps == 0


def test_what_is_loaded_rings_for_nobody_until_someone_acts_on_it(work: Clockwork) -> None:
    letter = Ask(ref="demarche:1", verb="send", facts={"cases": "2023:17", "office": "office:famille"}, occurred="2024-06-26")
    act_all(work.store, work.actor, [letter, Ask(ref="demarche:1", verb="remind")], loaded=True)
    assert work.sweep_at(local("2025-03-03 12:00")).steps == 0
    work.do("demarche:1", "note", text="Je m’en occupe.")
    assert work.sweep_at(local("2025-03-03 12:00")).steps == 0  # what was due long before is not rung for
    assert work.sweep_at(local("2025-06-30 12:00")).steps > 0


@pytest.mark.parametrize(
    ("verb", "facts"),
    [("answer", {"answer": "peut-être"}), ("remind", {"count": "des tas"}), ("fix-meeting", {"confirmed": "sans doute"}),
     ("redirect", {"office": "office:inconnue"}), ("hold-meeting", {"met": "le concierge"})],
)  # fmt: skip
def test_what_means_nothing_is_refused_with_what_could_be_said(work: Clockwork, verb: str, facts: dict[str, str]) -> None:
    sent(work, "famille")
    before = threads(work)["demarche:1"].version
    with pytest.raises(SuiviError):
        work.do("demarche:1", verb, **facts)
    assert threads(work)["demarche:1"].version == before


def test_a_thread_has_no_parts(work: Clockwork) -> None:
    sent(work, "famille")
    with pytest.raises(PartOfThread):
        act(work.store, work.actor, Ask(ref="demarche:1", verb="remind", part="au Canada"))


def test_a_file_that_someone_attaches_is_an_act_as_any_other(work: Clockwork) -> None:
    letter = Ask(ref="demarche:1", verb="send", facts={"cases": "2023:17", "office": "office:famille"}, occurred="2024-09-16")
    act_all(work.store, work.actor, [letter], loaded=True)
    assert not threads(work)["demarche:1"].acted
    file = upload("lettre.txt", b"Madame la Ministre,")
    act_all(work.store, work.actor, [AskWithFile(ref="demarche:1", verb="attach", facts={"kind": "lettre"}, upload=file)])
    assert threads(work)["demarche:1"].acted and threads(work)["demarche:1"].clocks
