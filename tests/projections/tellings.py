"""A small history in sentences: one fact of each kind, and the names behind its ids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import uuid5

from domain import clocks
from domain.amendments import FactCorrected, FactRetracted
from domain.attachments import FileAttached
from domain.base import Event, Recorded
from domain.case import bundles, events, migration, moves, standing, tasks, told
from domain.case.turns import OccurrenceCame, OccurrenceDropped, OccurrenceFinished
from domain.conditions import Awaited
from domain.directory import (
    AddressChanged,
    Appointed,
    AssemblyCreated,
    BodyCreated,
    BodyMeetingAnnounced,
    BodyMeetingCancelled,
    BodyMeetingHeld,
    BodyMeetingMoved,
    CameBack,
    LanguageChanged,
    NoticesSet,
    NumbersSettled,
    PersonCreated,
    Renamed,
    ReportTabled,
    TabledCase,
    TermEnded,
    WentAway,
    Withdrawn,
)
from domain.figures import Figure
from domain.imports import DocumentImported, ImportUndone, Touched
from domain.organisation import OrganisationConfigured
from domain.record import events as records
from domain.time.schedules import Schedule
from domain.values import Count, Evidence, Limb, Party, Proposal
from tests.projections.named import (
    ASSEMBLY,
    CASE,
    COMMITTEE,
    COMMITTEE_PARTY,
    DISTRICT,
    NOBODY,
    PERSON,
    SPACE,
    STREAM,
)
from tests.projections.of_offices import OF_OFFICES
from tests.projections.of_plans import OF_PLANS
from tests.projections.threads import OF_THREADS

MINISTER = Party("words", words="le ministre")

ADOPTED = events.CaseAdopted(
    workflow="resolution.v1", initial="adopted", assembly=ASSEMBLY, ref="2023:23", numbers=("23", "24"),
    titles={"23": "Premier titre", "24": "Second titre"}, parts=(Limb("23", ("23",)), Limb("24", ("24",))),
    submitted_by=COMMITTEE_PARTY, mover=Party("person", PERSON), seconder=Party("person", NOBODY), vote="Unanimité.",
    minutes_ref="page 12", origin=CASE,
)  # fmt: skip
BOTH = {"23": "in_progress", "24": "in_progress"}
PART = events.Part("33", ("33",), "done", "in_progress", "partial")
PROPOSAL = Proposal(
    state="done", completion="partial", confidence="medium", part="24", alternatives=("in_progress", "blocked"),
    evidence=(Evidence("Une phrase.", 266, 266), Evidence("Une autre.", 273, 275)),
)  # fmt: skip

CLOCK = uuid5(SPACE, "clock")
LADDER = (clocks.Rung(1, ("owner",)), clocks.Rung(6, ("owner", "secretary"), 15, 4))
RING = clocks.Ring(2, 1, datetime(2025, 7, 9, 12, tzinfo=UTC), uuid5(SPACE, "ring"))
DUE: dict[str, Any] = {"clock": CLOCK, "kind": "due", "due": "2025-06-30"}
REPORT: dict[str, Any] = DUE | {"kind": "report", "about": str(COMMITTEE)}
STEP: dict[str, Any] = DUE | {"id": RING.id, "step": 2, "repetition": 1, "at": RING.at, "tell": ("owner", "secretary")}
RUN: dict[str, Any] = {"ends": datetime(2025, 7, 1, 3, 59, 59, tzinfo=UTC), "ladder": LADDER, "calendar": 0}


def moved(kind: type[moves.Moved], state: str = "in_progress", **facts: object) -> moves.Moved:
    """A move of both parts."""
    return kind(parts=dict.fromkeys(BOTH, state), state=state, **facts)  # type: ignore[arg-type]


def recorded(event: Event, version: int = 2) -> Recorded:
    return Recorded(STREAM, version, event, PERSON, SPACE, position=40 + version)


def history(*later: Event, first: Event = ADOPTED) -> Sequence[Recorded]:
    """The first event and what followed, from position 41 on."""
    return [recorded(event, version) for version, event in enumerate((first, *later), start=1)]


EVERY_KIND: tuple[Event, ...] = (
    *OF_THREADS,
    ADOPTED,
    events.CaseReworded(text="Que tout change.", stage="amended", reason="précision"),
    events.CaseStateProposed(proposals=(PROPOSAL,)),
    bundles.CaseSplit(parts=(PART,), numbers=("33",), to=CASE, reason="elle avance seule"),
    bundles.CaseSplit(parts=(PART,), numbers=(), to=CASE),
    bundles.CaseCutOff(of=CASE, parts=(PART,), owner=COMMITTEE_PARTY, due="2025-06-30"),
    bundles.CaseMerged(other=CASE, numbers=("33",), titles={"33": "Des parcs"}, parts=(PART,), reason="même demande"),
    migration.CaseMigrated(workflow="resolution.v1", parts={"23": ("done", "adopted")}, state="done", reason="revu"),
    bundles.CaseMergedInto(into=CASE),
    told.FactsRead(facts=tuple(told.ToldFact(day, "occurred", "", "Elle a dit oui.", 3, 3, "high", "stated")
                               for day in ("2024-06-26", "2024-05/.."))),
    events.CaseNoted(text="Rappeler le bureau.", part="24"),
    ReportTabled(
        report="follow-up", format="docx", file="ab" * 32, name="suivi.docx", size=9570, type="application/x",
        as_of="2024-09-18", position=1200, lang="fr", cases=(TabledCase(CASE, 12, True),),
    ),
    events.ReportApproved(text="Nous avons écrit.", assembly=ASSEMBLY),
    events.CaseAssigned(owner=COMMITTEE_PARTY),
    events.CaseDueSet(due="2025-06-30"),
    events.CaseDueSet(standing=True, begins="2025", cadence=Schedule(words="chaque année", kind="recurring")),
    standing.CaseReviewed(day="2025-06-30"),
    events.CaseAwaited(on=MINISTER, since="2022/..", condition="une réponse écrite"),
    events.CaseLinked(to=CASE, kind="même rencontre"),
    FileAttached(file="00" * 32, name="lettre.pdf", size=119_100, type="application/pdf", kind="lettre", note=4),
    tasks.TaskAdded(number=1, text="Écrire la lettre", owner=Party("person", PERSON), due="2025"),
    tasks.TaskAdded(number=2, text="Relire la réponse", upon=CASE, within=10),
    tasks.TaskBecameDue(task=1, upon=CASE, due="2025-02-03"),
    Awaited(by=CASE),
    tasks.TaskFinished(task=1),
    events.CaseRestricted(visibility="named", people=(PERSON, NOBODY)),
    events.CaseSubscribed(person=PERSON),
    events.CaseUnsubscribed(person=PERSON),
    events.CaseWithdrawn(),
    moved(moves.CaseConfirmed, "done", completion="partial", reason="La séance a eu lieu."),
    moved(moves.CaseReferred, "referred", body=COMMITTEE, mandate="étudier « la question »", due="2025-06-30"),
    moved(moves.ReportReceived, body=DISTRICT, text="Tout va bien."),
    moved(moves.CaseStarted),
    moved(moves.CasePostponed, "postponed", until="2025-23", reason="manque de temps"),
    moved(moves.CaseBlocked, "blocked", on=MINISTER, reason="compétent", since="2024-09-12", condition="un décret"),
    moved(moves.CaseResumed, reason="réponse reçue"),
    moved(moves.CaseCompleted, "done", completion="temporary", residuals=("la formation", "l’avis"), review="2026"),
    moved(moves.CaseClosedUndone, "not_done", reason="pandémie"),
    moved(moves.CaseCarriedOver, "carried_over", to=CASE, reason="trop tard"),
    moved(moves.CaseSuperseded, "superseded", by=CASE),
    moved(moves.CaseReopened, reason="fait nouveau"),
    moved(moves.CaseMoved, name="inspect", reason="visite"),
    FactCorrected(version=1, facts={"vote": "Majorité."}, reason="mauvaise ligne"),
    FactRetracted(version=1, reason="mauvais dossier"),
    AssemblyCreated(
        key="2023", name="Assemblée annuelle 2023", date="2023-06-26", kind="congress", quorum="30 délégués",
        numbers={"2": "defeated", "4": "defeated", "9": "unknown"},
    ),
    BodyCreated(key="env", name="Comité de l’environnement", kind="comité permanent"),
    PersonCreated(key="amelie", name="Amélie Tremblay", mail="amelie@exemple.org", gender="f", lang="en"),
    Renamed(name="Comité du climat"),
    Appointed(person=PERSON, charge="chair"),
    TermEnded(person=NOBODY, charge="membre substitut"),
    AddressChanged(mail="autre@exemple.org"),
    LanguageChanged(lang="en"),
    NoticesSet(rhythm="daily", kinds={"news": "none"}, hour="09:30", weekday="tuesday"),
    WentAway(since="2024-07-01", until="2024-07-12", replaced_by=PERSON),
    CameBack(),
    NumbersSettled(numbers={"2": "withdrawn", "4": "not_reached", "5": "adopted", "6": "referred"}),
    Withdrawn(),
    BodyMeetingAnnounced(number=1, date="2024-09-12", place="Québec", confirmed=False),
    BodyMeetingMoved(number=1, date="2024-09-19", reason="tempête"),
    BodyMeetingCancelled(number=1, reason="pas de quorum"),
    BodyMeetingHeld(number=1, date="2024-09-19", place="Lévis"),
    OccurrenceCame(task=1, occurrence="2024-23", begins=date(2024, 9, 22), due=date(2024, 12, 20)),
    OccurrenceDropped(
        task=1, occurrence="2024-09-19", begins=date(2024, 9, 18), due=date(2024, 9, 18), body=COMMITTEE, meeting=1
    ),
    OccurrenceFinished(task=1, occurrence="2024", begins=date(2024, 1, 1), due=date(2024, 12, 31), text="colloque tenu"),
    *OF_OFFICES,
    *OF_PLANS,
    clocks.ClockStarted(**REPORT, **RUN, next=RING),
    clocks.EscalationStepTaken(**STEP, told=(PERSON, NOBODY), unheld=("owner",), next=RING),
    clocks.StepAcknowledged(**DUE | {"kind": "task", "about": "2"}),
    clocks.ClockSnoozed(**DUE | {"kind": "until", "due": "2025-23"}, until="2025-08", next=RING),
    clocks.ClockRecomputed(**DUE | {"kind": "review", "due": "2025"}, ends=RUN["ends"], calendar=4, next=RING),
    clocks.ClockStopped(**DUE),
    clocks.PersonalReminderSet(person=PERSON, until="2024-11-15", text="rappeler la ministre"),
    DocumentImported(
        key="k", file="suivi-2023.txt", sha256="0", kind="follow-up", assembly=ASSEMBLY, reference="2024-09~",
        touched=(Touched(CASE, "2023:17", 2, True), Touched(COMMITTEE, "body:a", 1, True),
                 Touched(ASSEMBLY, "b", 3, False)),
        missing_numbers=("2", "4"),
    ),
    ImportUndone(),
    records.RecordCreated(
        number=12, kind="advocacy", title="Redevances sur l’eau", date="2024-08-08", place="Québec", form="letter",
        addressees=(Party("words", words="la ministre"),), parties=(COMMITTEE_PARTY,), cosigners=Count(172, 172),
        figures=(Figure("signataires", "172 organisations", Decimal(172), "exact", "organisations"),), published="Le Quotidien",
        text="Elle demande une réponse.", words={"date": "le 8 août"},
    ),
    records.RecordCreated(number=13, kind="alliance", title="Coalition Eau", relation="seat"),
    records.RecordReworded(title="Redevances sur l’eau douce"),
    records.RecordLinked(to=CASE),
    records.RecordLinked(to=CASE, opened=True),
    records.RecordWithdrawn(reason="en double"),
    OrganisationConfigured(
        name="Fédération des citoyens", zone="America/Halifax", jurisdictions=("QC", "CA"), opens=time(8, 30),
        closes=time(17), days_off=(date(2026, 12, 24), date(2026, 12, 30), date(2026, 12, 31)), lang="fr",
        recesses={"QC": ((date(2025, 6, 14), date(2025, 9, 15)), (date(2026, 1, 5), date(2026, 1, 5))), "CA": ()},
        late_after=20, very_late_after=45, seasons={"winter": "12-01"}, year_begins=4, inclusive="dots",
        spaced_signs=True,
    ),
)  # fmt: skip
