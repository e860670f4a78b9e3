"""A whole house whose processes and servers are killed without warning while officers record, time passes and mail goes.

`python -m tests.faults.house_campaign [KILLS] [-v]` runs the full campaign (200 kills) and prints what it met; the tests
run a short one. What is drawn comes from one seed, what the scheduler does not. Time is simulated, so that steps come
without end; a kill leaves the page cache: what survives a power cut rests on the settings and the disk, not on this."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import psutil
from psycopg.rows import dict_row

from services import accounts, tokens
from services.execute import Actor
from services.home import open_home
from services.mail.news import HOLD
from services.servers import discard
from services.simulation import advance, begin
from services.store import Store
from tests.faults.campaign import kill
from tests.faults.house import AMBUSH, House
from tests.faults.house_checks import Record, check
from tests.faults.house_process import REACTING, SWEEPING
from tests.faults.house_relay import MoodyRelay
from tests.faults.house_traffic import Door, InProcess, Traffic, Web
from tests.faults.writer import connected
from tests.homes import SECRETARY
from tests.services.clockwork import START, Clockwork
from tests.services.invariants import aftermath

WORKER, CHILD, MAILER = "workers", "processes of a worker", "mailers that were sending"
REACTION, SWEEP = "mailers that were reacting", "sweepers between two steps"
BEAT, FOLLOWER, WEB = "beats", "followers", "web servers"
BROKER, EMPTIED = "brokers", "brokers with what they kept"
BACKEND, SERVER, CUT = "database processes", "whole databases", "halves of the connections"
VICTIMS = (*[WORKER] * 3, CHILD, *[MAILER] * 4, *[REACTION] * 2, *[SWEEP] * 2, *[BEAT] * 2, *[FOLLOWER] * 2, *[WEB] * 2,
           *[BROKER] * 2, EMPTIED, BACKEND, SERVER, CUT)  # fmt: skip


@dataclass
class HouseCampaign:
    """`bug`: one of `house_process`, planted in whoever makes passes; `early`: how often a mailer that is killed while it
    sends is killed before the mail server keeps the message; `ambush`: seconds that a victim is waited for."""

    home: Path
    seed: int
    victims: Sequence[str] = VICTIMS
    bug: str = ""
    early: float = 0.5
    ambush: float = AMBUSH
    kills: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)

    def run(self, kills: int, between: tuple[float, float] = (0.3, 1.2)) -> Record:
        """Kills so many times, lets everything come to rest, and returns what is then recorded and was sent."""
        self.random = Random(self.seed)
        self.relay = MoodyRelay(Random(f"{self.seed}/mail"), self.early)
        with self.relay.serving():
            self.house = House(self.home, self.relay.url, self.random, self.bug, self.ambush)
            with self.house.standing():
                doors = self._furnish()
                self.house.start()
                with self._going_on(doors):
                    for victim in self._draw(kills):
                        self._await_progress()
                        time.sleep(self.random.uniform(*between))
                        self._kill(victim)
                    self._await_progress()
                self._come_to_rest()
                return self._record()

    def _furnish(self) -> list[Door]:
        """People, whom ladders tell and who record, and the doors that they use."""
        with open_home(self.house.settings, print) as home:
            begin(home.store, START)
            work = Clockwork(home)
            work.people()
            self.writer, self.owner = home.urls.writer, home.urls.owner
            self.mail = {work.person(key): f"{key}@example.org" for key in (SECRETARY, "lea", "noe")}
            doors: list[Door] = []
            for login in ("lea", "noe"):
                account = accounts.add(home.store, work.actor, login, ("officer",))
                officer = Actor(account.person, account.roles)
                secret = tokens.add(home.store, officer, login, ("read", "write"))[1]
                doors.append(Web(home.settings.url, secret, account.person, self.troubles))
            home.catch_up()
            self.before = {row[0] for row in home.store.connection.execute("SELECT command_id FROM suivi.command_log")}
            doors.append(InProcess(self.writer, work.actor))
        self.traffic = Traffic(self.writer, START)
        return doors

    @contextmanager
    def _going_on(self, doors: list[Door]) -> Iterator[None]:
        """Officers and time, each a thread; ended, and their errors raised, at the end."""
        with ThreadPoolExecutor(len(doors) + 1) as pool:
            self.busy: list[Future[None]] = [
                pool.submit(self.traffic.work, number, door, Random(f"{self.seed}/{number}"))
                for number, door in enumerate(doors, 1)
            ]
            self.busy.append(pool.submit(self.traffic.keep_time, Random(f"{self.seed}/time")))
            try:
                yield
            finally:
                self.traffic.over.set()
        for each in self.busy:
            each.result()
        for door in doors:
            door.close()

    def _draw(self, kills: int) -> list[str]:
        """Each victim at least once, where there are as many kills."""
        rounds = -(-kills // len(self.victims))
        return [victim for _ in range(rounds) for victim in self.random.sample(self.victims, len(self.victims))][:kills]

    def _await_progress(self) -> None:
        """Until officers were told more; what could not begin meanwhile begins again."""
        before = len(self.traffic.answers)

        def goes_on() -> bool:
            for each in self.busy:
                if each.done():
                    each.result()
            self.house.ready()
            return len(self.traffic.answers) >= before + 6

        self.house.wait(goes_on, "an answer to the officers")

    def _kill(self, victim: str) -> None:
        house = self.house
        ways: Mapping[str, Callable[[], bool]] = {
            WORKER: partial(house.kill_process, "worker"), BEAT: partial(house.kill_process, "beat"),
            FOLLOWER: partial(house.kill_process, "follower"), WEB: partial(house.kill_process, "web"),
            CHILD: house.kill_child, MAILER: self._ambush, REACTION: partial(house.kill_where, REACTING),
            SWEEP: partial(house.kill_where, SWEEPING), BROKER: partial(house.kill_broker, False),
            EMPTIED: partial(house.kill_broker, True), BACKEND: house.kill_backend, SERVER: house.kill_server,
            CUT: house.cut,
        }  # fmt: skip
        house.hear("campaign", f"{len(self.traffic.answers)} answers, {len(self.relay.taken)} mails; now {victim}")
        if ways[victim]():
            self.kills[victim] += 1
        else:  # nobody came where they could be hit
            self.kills[WORKER] += house.kill_process("worker")

    def _ambush(self) -> bool:
        """Whoever speaks to the mail server next."""
        hit: list[int] = []
        self.house.aimed = True  # it may be a whole process that makes the pass

        def shoot(port: int) -> None:
            found = [one.pid for one in psutil.net_connections("tcp4") if one.pid and one.laddr and one.laddr.port == port]
            kill(*found)
            hit.extend(found)

        self.relay.ambush = shoot
        self.house.comes(lambda: hit)
        self.relay.ambush = None
        return bool(hit)

    def _come_to_rest(self) -> None:
        """Everything up, once what moved is news and people are at work (mail that waits goes then, not before) and on
        the next morning: the steps that have come are taken, told and sent."""
        self.house.hear("campaign", "to rest")
        self.house.wait(self.house.ready, "the house after the last kill")
        with connected(self.writer) as store:
            calendar = store.present.calendar
            advance(store, calendar.reopening(store.present.now + HOLD))
            self._await_rest(store)
            morning = calendar.after(calendar.today(store.present.now), 1)
            advance(store, datetime.combine(morning, START.timetz()))
            self._await_rest(store)

    def _await_rest(self, store: Store) -> None:
        def left() -> dict[str, Any]:
            with store.connection.cursor(row_factory=dict_row) as cursor:
                return cursor.execute(_UNREST + _MORE).fetchone() or {}

        def rests() -> bool:
            return self.house.ready() and not any(store.connection.execute(_UNREST).fetchone() or [True])

        self.house.wait(rests, "rest", left)
        self.house.hear("campaign", f"at rest: {left()}")

    def _record(self) -> Record:
        with Store(self.writer) as store:
            return Record.of(store, aftermath(self.owner), self.traffic, self.relay, self.before, self.mail, self.kills.total())


_UNREST = """SELECT (SELECT count(*) FROM suivi.pending) AS places,
                    (SELECT count(*) FROM suivi.due WHERE next_at <= suivi.now()) AS steps,
                    (SELECT count(*) FROM suivi.outbox WHERE state = 'waiting' AND not_before <= suivi.now()) AS mails,
                    (SELECT coalesce(sum(size - position), 1) FROM suivi.log_head, suivi.reactions) AS reactions"""
_MORE = """, suivi.now() AS now, ARRAY(SELECT reason FROM suivi.troubles) AS troubles,
             ARRAY(SELECT tries || ' tries, ' || coalesce(reason, '') || ', leased for ' || leased_till - clock_timestamp()
                     FROM suivi.outbox WHERE state = 'waiting') AS waiting,
             ARRAY(SELECT name || ' ' || clock_timestamp() - at || ' ago by ' || who FROM suivi.heartbeats) AS passes"""


def main(kills: int, verbose: bool) -> None:
    seed = int(os.environ.get("SUIVI_SEED", Random().randrange(2**32)))
    with tempfile.TemporaryDirectory(prefix="suivi-house-") as folder:
        home = Path(folder) / "home"
        campaign = HouseCampaign(home, seed)
        print(f"SUIVI_SEED={seed}", flush=True)
        try:
            print(report(campaign, check(campaign.run(kills))))
        finally:
            if verbose:
                print(*campaign.house.said, sep="\n")
            discard(home)


def report(campaign: HouseCampaign, met: Counter[str]) -> str:
    house = campaign.house
    return (
        f"killed: {dict(campaign.kills)}, {campaign.kills.total()} in all; {dict(met)}; troubles on the way: "
        f"{dict(campaign.troubles)}; begun in vain: {house.false_starts}; workers that gave up: {house.gave_up}; "
        f"{time.monotonic() - house.begun:.0f} s"
    )


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "-v"]
    main(int(given[0]) if given else 200, "-v" in sys.argv)
