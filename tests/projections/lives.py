"""Cases with lives of every kind, drawn from one seed: late facts, undated ones, corrections, retractions, imports
and their undoing, carry-overs."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from domain.errors import SuiviError
from services.home import Home
from services.imports.service import record_import, undo_import
from services.sequencer import sequence_all
from tests.homes import do, secretary

DATES = (
    None, None, "2023-05-13", "2023-06", "2023", "2023-22", "2023-24", "2024-03~", "2024-02-10?", "2023-09/2023-11",
    "2024-06-26/..", "2022/..", "../2024-01", "202X", "2024-XX", "2024-05-XX", "[2023-05,2023-08]", "2024-09%",
    "2025-01-15", "2024-12-31", "2025",
)  # fmt: skip
MOVES: dict[str, dict[str, Any]] = {
    "start": {}, "refer": {"body": "Comité de l’eau"}, "report-back": {"body": "Comité de l’eau"},
    "postpone": {"until": "2031", "reason": "trop tôt"}, "block": {"on": "la ministre", "reason": "on attend"},
    "resume": {}, "complete": {"completion": "full"}, "close-undone": {"reason": "faute de temps"},
    "reopen": {"reason": "à revoir"}, "confirm": {"state": "done", "completion": "temporary"},
    "note": {"text": "une note"}, "assign": {"owner": "Ana"}, "set-due": {"due": "2030"},
    "reword": {"text": "un autre texte"}, "wait": {"on": "le cabinet"},
    "approve-report": {"text": "Nous avons écrit."},
}  # fmt: skip
IN_THREADS: dict[str, dict[str, Any]] = {
    "remind": {"count": "au moins trois"}, "acknowledge": {}, "fix-meeting": {"date": "2031-02-03"},
    "move-meeting": {"date": "2031-03"}, "cancel-meeting": {"reason": "une tempête"}, "hold-meeting": {"met": "staff"},
    "answer": {"answer": "asks_precision"}, "decline": {"reason": "pas le temps"}, "close": {"reason": "sans suite"},
    "reopen": {"reason": "à revoir"}, "pause": {"reason": "on attend"}, "resume": {}, "note": {"text": "une note"},
    "assign": {"owner": "Ana"}, "correct": {"set": {"occurred": "2023-07"}}, "retract": {},
}  # fmt: skip
COMPLETIONS = ("full", "partial", "temporary")


class Lives:
    """Draws what happens; what the rules refuse has not happened."""

    def __init__(self, home: Home, folder: Path, seed: int) -> None:
        self.home, self.folder, self.random = home, folder, Random(seed)
        self.actor = secretary(home)
        self.refs: list[str] = []
        self.imports: list[str] = []
        self.versions: dict[str, int] = {}
        self.reports = 0
        do(home, "assembly:2023", "create", by=self.actor, name="Assemblée annuelle 2023", date="2023-05-13")
        do(home, "assembly:2021", "create", by=self.actor, name="Assemblée de 2021")

    def adopt(self, count: int) -> None:
        """Single resolutions, bundles, and resolutions in limbs."""
        for _ in range(count):
            number = 1 + len(self.refs) * 3
            numbers = [str(number + n) for n in range(self.random.choice((1, 1, 1, 2, 3)))]
            ref = f"{self.random.choice(('2023', '2021'))}:{numbers[0]}"
            facts: dict[str, Any] = {"numbers": numbers, "titles": {n: f"Titre {n}" for n in numbers}}
            if self.random.random() < 0.2:
                facts |= {"parts": {"Au Canada": numbers, "Au Québec": numbers}}
            if adopted_on := self.random.choice(DATES):
                facts |= {"adopted_on": adopted_on}
            self.try_to(ref, "adopt", **facts)
            self.refs.append(ref)

    def live(self, count: int) -> None:
        """As many things tried, on any case."""
        for _ in range(count):
            ref = self.random.choice(self.refs)
            drawn = self.random.random()
            if drawn < 0.18:
                self.correct(ref)
            elif drawn < 0.30:
                self.try_to(ref, "retract", event=f"@{self.version(ref)}", reason="erreur")
            elif drawn < 0.35:
                self.carry(ref)
            elif drawn < 0.37:
                self.random.choice((self.report, self.report, self.undo))()
            elif drawn < 0.45:
                self.write(ref)
            else:
                self.move(ref)

    def move(self, ref: str) -> None:
        verb = self.random.choice(tuple(MOVES))
        facts = dict(MOVES[verb])
        if "completion" in facts:
            facts["completion"] = self.random.choice(COMPLETIONS)
        if verb == "confirm" and self.random.random() < 0.6:
            facts = self.random.choice(({}, {"state": "postponed"}))
        part = self.random.choice((None, None, "Au Canada", ref.partition(":")[2]))
        self.try_to(ref, verb, occurred=self.random.choice(DATES), part=part, **facts)

    def correct(self, ref: str) -> None:
        """Dates above all, whatever the event; or how far it is done."""
        when = self.random.choice(DATES[2:])
        facts: dict[str, Any] = self.random.choice((
            {"occurred": when}, {"occurred": when}, {"adopted_on": when}, {"completion": self.random.choice(COMPLETIONS)},
            {"text": "un texte corrigé"}, {"titles": {ref.partition(":")[2]: "Un titre corrigé"}},
        ))  # fmt: skip
        event = 1 if {"titles", "adopted_on"} & facts.keys() else self.version(ref)
        self.try_to(ref, "correct", occurred=self.random.choice((None, "2023")), event=f"@{event}", set=facts, reason="erreur")

    def carry(self, ref: str) -> None:
        """Whole, or by what remains; to a case that is there or to a new one."""
        to = self.random.choice((*self.refs, f"2023:{1000 + self.random.randrange(1000)}"))
        residual = {"residual": "le reste"} if self.random.random() < 0.6 else {}
        if self.try_to(ref, "carry-over", occurred=self.random.choice(DATES), to=to, **residual) and to not in self.refs:
            self.refs.append(to)

    def report(self, key: str = "2022") -> None:
        """A report on the cases of other assemblies: new ones, and more on those of the reports before."""
        self.reports += 1
        path = self.folder / f"rapport-{self.reports}.txt"
        sayings = ("Le comité a tout réalisé; le dossier est clos.", "La rencontre est reportée à 2031.",
                   "Les travaux sont en cours.", "La Ville n’a pas encore répondu.")  # fmt: skip
        first = self.random.randrange(1, 4)
        blocks = [f"RÉSOLUTION {n}\n\nTitre {n}\n\n{self.random.choice(sayings)} ({self.reports})\n"
                  for n in range(first, first + 5)]  # fmt: skip
        path.write_text("Suivi des résolutions de l’assemblée annuelle 2022\n\n" + "\n".join(blocks))
        when = self.random.choice(("2023-10", "2024-06-26", None))
        result, _ = record_import(self.home, self.actor, path, assembly=key, reference_date=when)
        sequence_all(self.home.store.connection)
        assert result.id
        self.imports.append(result.id)
        self.refs += [ref for ref in result.created if ref not in self.refs]

    def undo(self) -> None:
        with suppress(SuiviError):
            self.report(self.random.choice(("2022", str(1900 + self.reports))))
            undo_import(self.home, self.actor, self.random.choice((*self.imports[-2:], self.imports[-1])))
            sequence_all(self.home.store.connection)

    def write(self, ref: str) -> None:
        """A thread about cases, or what becomes of one."""
        threads = [each for each in self.versions if each.startswith("demarche:")]
        occurred = self.random.choice(DATES)
        if self.random.random() < 0.3 or not threads:
            cases = [ref, *self.random.sample(self.refs, self.random.choice((0, 0, 1)))]
            facts: dict[str, Any] = {"cases": cases, "kind": "open_letter", "expects_reply": "yes"}
            self.try_to(f"demarche:{len(threads) + 1}", "send", occurred=occurred, **facts)
            return
        thread, verb = self.random.choice(threads), self.random.choice(tuple(IN_THREADS))
        facts = IN_THREADS[verb]
        if verb in ("correct", "retract"):
            facts = facts | {"event": f"@{self.version(thread)}", "reason": "erreur"}
        self.try_to(thread, verb, occurred=None if verb in ("correct", "retract") else occurred, **facts)

    def version(self, ref: str) -> int:
        """Any event of the case or thread."""
        return self.random.randrange(1, self.versions.get(ref, 1) + 3)

    def try_to(self, ref: str, verb: str, **asked: Any) -> bool:
        try:
            outcome = do(self.home, ref, verb, by=self.actor, **asked)
        except SuiviError:
            return False
        self.versions[ref] = 1 if verb == "send" else max(outcome.versions.values())
        return True
