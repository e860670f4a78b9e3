"""The queue: Celery carries the order to make a pass, and nothing else. `python -m workers.queue worker` (any number
may run) makes them, `python -m workers.queue beat` (one is enough, two do no harm) orders them.

Messages hold no data and may all be lost: what is due is in the database, and the next order finds it."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from celery import Celery, signals
from celery.exceptions import SecurityWarning
from kombu.transport import redis, virtual

from domain.errors import Unavailable
from projections.phrases.catalogue import N_
from services.failures import record
from services.home import connect, reachable
from services.processes import beginning, tell, tell_ready
from services.published import hold
from services.servers import broker
from services.settings import Settings
from services.store import Store
from workers.passes import make_delivery, make_sweep

UNFORESEEN = N_("A pass failed in a way that was not foreseen ({kind}). The next one tries again; details: {file}")
LIMIT = 300  # seconds after which a pass is cut, longer than any that goes on (`services.mail.delivery.PASS`)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # so that the first order comes at the start

app = Celery("suivi")
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    task_ignore_result=True,
    task_default_queue="suivi",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=LIMIT,
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
    worker_redirect_stdouts=False,
    # A pass that has begun may end, though the broker is away: it can be made again without harm, or be cut at worst.
    worker_cancel_long_running_tasks_on_connection_loss=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # for ever
    # After a kill a message comes back within this time (kombu looks for such ones as often as said here).
    broker_transport_options={"visibility_timeout": LIMIT, "unacked_restore_interval": 60, "unacked_restore_throttle": 1},
    beat_scheduler="celery.beat:Scheduler",  # keeps no file, which could be damaged
)


class Held(redis.QoS):
    """The orders that are being carried out, as many as there are processes. One that cannot be acknowledged, because
    the broker has gone, is held no longer: the library would go on counting it, and with all of them so counted never
    listen again."""

    def ack(self, delivery_tag: Any) -> None:
        with self._let_go(delivery_tag):
            super().ack(delivery_tag)

    def reject(self, delivery_tag: Any, requeue: bool = False) -> None:
        with self._let_go(delivery_tag):
            super().reject(delivery_tag, requeue)

    @contextmanager
    def _let_go(self, delivery_tag: Any) -> Iterator[None]:
        try:
            yield
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            raise


redis.Channel.QoS = Held


@dataclass
class Desk:
    """What one process of the worker works with: its connection, opened at the first pass and anew when lost."""

    settings: Settings
    writer: str
    store: Store | None = None

    def opened(self) -> Store:
        if self.store is None:
            self.store = Store(self.writer)
        elif self.store.connection.closed:
            self.store.reconnect()
        return self.store

    def make(self, one_pass: Callable[[Store, Settings], None]) -> None:
        """What keeps a pass from being made is told, without anything that people wrote; the next one tries again."""
        lang = self.settings.lang
        try:
            with reachable():
                one_pass(self.opened(), self.settings)
        except Unavailable as error:
            tell(error, lang)
        except Exception as error:
            file = record(self.settings.home, one_pass.__name__, error)
            tell(UNFORESEEN, lang, kind=type(error).__name__, file=file)


@app.task(name="sweep")
def sweep() -> None:
    """One pass of the clocks."""
    desk().make(make_sweep)


@app.task(name="deliver")
def deliver() -> None:
    """One pass of the outbox."""
    desk().make(make_delivery)


_desks: list[Desk] = []


def desk() -> Desk:
    """That of this process, or the one that it inherited, unopened, from the process that forked it."""
    return _desks[-1]


def orders(every: int) -> dict[str, dict[str, object]]:
    """What beat orders, each `every` seconds. An order that nobody took until the next one comes is void."""
    return {
        name: {"task": name, "schedule": float(every), "last_run_at": LONG_AGO, "options": {"expires": every}}
        for name in ("sweep", "deliver")
    }


def work(settings: Settings, stack: ExitStack) -> NoReturn:
    """Makes passes until told to stop. Two processes: a mail server that hangs holds up no clock."""
    urls = connect(settings, lambda message: tell(message, settings.lang), stack)
    with Store(urls.writer) as store:
        hold(store.connection)
    _desks.append(Desk(settings, urls.writer))
    signals.worker_ready.connect(lambda **_: tell_ready(settings.lang), weak=False)
    warnings.simplefilter("ignore", SecurityWarning)  # root is no danger: the messages are JSON, with nothing in them
    alone: dict[str, Any] = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
    worker = app.Worker(pool_cls="prefork", concurrency=2, loglevel="WARNING", quiet=True, **alone)
    worker.start()
    sys.exit(worker.exitcode)


def order(settings: Settings) -> None:
    """Orders passes until told to stop."""
    app.conf.beat_schedule = orders(settings.sweep_every)
    signals.beat_init.connect(lambda **_: tell_ready(settings.lang), weak=False)
    app.Beat(loglevel="WARNING", quiet=True).run()


def _shorten(record: logging.LogRecord) -> bool:
    """What Celery logs, on one line, and not its advice on settings."""
    lines = record.getMessage().strip().splitlines()
    record.msg, record.args, record.exc_info = lines[0] if lines else "", (), None
    return record.name != "py.warnings"


@signals.after_setup_logger.connect
def _log_briefly(logger: logging.Logger, **_: object) -> None:
    for handler in logger.handlers:
        handler.addFilter(_shorten)


def main() -> NoReturn:
    """`worker` or `beat`, until SIGTERM or Ctrl-C. Each holds a lease on the embedded servers that it uses."""
    settings = Settings.from_environment()
    with beginning(settings.lang), ExitStack() as stack:
        app.conf.update(broker_url=settings.broker_url or stack.enter_context(broker(settings.home)).url)
        match sys.argv[1:]:
            case ["worker"]:
                work(settings, stack)
            case ["beat"]:
                order(settings)
            case _:
                sys.exit("python -m workers.queue worker | beat")
    sys.exit(0)


if __name__ == "__main__":
    main()
