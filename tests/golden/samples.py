"""One sample of every event, with every fact said: what `tests.golden.write` stores once, for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain import clocks, imports
from domain.amendments import FactCorrected, FactRetracted
from domain.attachments import FileAttached
from domain.base import Event
from domain.case import bundles, events, migration, moves, standing, tasks, told
from domain.case.turns import OccurrenceCame, OccurrenceDropped, OccurrenceFinished
from domain.conditions import Awaited
from domain.demarche import events as demarches
from domain.demarche import meetings, pauses
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
    OfficeAddressChanged,
    OfficeCreated,
    OfficeDissolved,
    OfficeMerged,
    OfficeRenamed,
    OfficeSplit,
    OfficeTookOver,
    PersonCreated,
    PortfolioMoved,
    Renamed,
    ReportTabled,
    TabledCase,
    TermEnded,
    WentAway,
    Withdrawn,
)
from domain.figures import Figure, Target
from domain.organisation import OrganisationConfigured
from domain.plan import events as plans
from domain.plan.nodes import Node
from domain.plan.values import Adoption, StandingList
from domain.record import events as records
from domain.time.schedules import Schedule, Upon
from domain.values import Count, Evidence, Limb, Party, Proposal, Source

ASSEMBLY, BODY, CASE, PERSON, IMPORT, CHIEF = (UUID(f"00000000-0000-4000-8000-00000000000{n}") for n in range(1, 7))
OFFICE = UUID("00000000-0000-4000-8000-00000000000d")
HER, WORDS = Party("person", PERSON), Party("words", words="la ministre")

ENVELOPE: dict[str, Any] = {
    "occurred": "2024-06-26", "source": Source(IMPORT, 12, 14, "2024-09~"), "role": "officer", "on_behalf_of": CHIEF,
    "words": {"occurred": "le 26 juin"},
}  # fmt: skip
STEPS: dict[str, Any] = {"parts": {"5": "in_progress", "33": "done"}, "state": "in_progress"}
CLOCK, STEP = UUID(int=7), UUID(int=8)
TURN: dict[str, Any] = {
    "task": 2, "occurrence": "2024-09-19", "begins": date(2024, 9, 5), "due": date(2024, 9, 19), "wanted": Count(2, None),
    "body": BODY, "meeting": 2,
}  # fmt: skip
OFFICE, THREAD, PLAN = UUID(int=9), UUID(int=10), UUID(int=11)
AT = datetime(2024, 10, 1, 12, tzinfo=UTC)
RING = clocks.Ring(1, 2, AT, STEP)
LADDER = (clocks.Rung(1, ("owner",)), clocks.Rung(6, ("owner", "secretary"), 15, 4, "reminder"))
DUE: dict[str, Any] = {"clock": CLOCK, "kind": "task", "about": "3", "due": "2024-09"}
SCHEDULE = Schedule(
    words="au moins deux fois par mois, d’ici septembre", kind="recurring", edtf="2024-09", said="XXXX-09", duration="P2Y",
    rrule="FREQ=MONTHLY", times=Count(2), upon=Upon("before", "l’AG"), confirmed=False, reference="2024",
)
FIGURE = Figure("présence", "au moins 30 personnes déléguées", Decimal(30), "at_least", "personnes", "2024")
TARGET = Target(FIGURE, "FREQ=YEARLY")
LINE: dict[str, Any] = {
    "kind": "step", "label": "a", "printed": "a.", "heading": "Main-d’œuvre actuelle", "group": "Jeunes",
    "schedule": SCHEDULE, "who": ("Julie",),
}  # fmt: skip
NODE = Node("step", "1", "Écrire", "1.", "Titre", "Jeunes", SCHEDULE, ("Julie",), ("Une lettre",), (TARGET,))
TREE = Node("section", "1", "La section", nodes=(Node("item", "1.1", "L’action", nodes=(NODE,)),))
ADOPTION = Adoption("plan", "adopted", BODY, "Congrès", "2024-05-11/2024-05-12", "Adopté au Congrès")
LISTING = StandingList("Dossiers statutaires", (("Griefs", "Relève"), ("Finances",)))
PART = events.Part("33", ("33",), "postponed", "referred", "partial", True, (PLAN,), "2025", "2026")
PROPOSAL = Proposal("done", (Evidence("c’est fait", 12, 14),), "high", "33", "partial", ("in_progress",))

TOLD: dict[str, Any] = {
    "title": "Forum sur l’eau", "date": "2024-10-04/2024-10-05", "place": "Québec", "form": "letter", "addressees": (WORDS,),
    "parties": (HER,), "cosigners": Count(172, 172), "relation": "member", "published": "Le Quotidien",
    "figures": (Figure("participation", "près de 2500 personnes", Decimal(2500), "about", "personnes", "2024"),),
    "text": "Nous y étions.",
}  # fmt: skip

SAMPLES: dict[type[Event], dict[str, Any]] = {
    records.RecordCreated: TOLD | {"number": 12, "kind": "activity"},
    records.RecordReworded: TOLD,
    records.RecordLinked: {"to": CASE, "opened": True},
    records.RecordWithdrawn: {"reason": "en double"},
    FactCorrected: {"version": 2, "facts": {"until": "2025", "titles": {"5": "Titre"}}, "reason": "mal noté"},
    FactRetracted: {"version": 2, "reason": "n’a pas eu lieu"},
    clocks.ClockStarted: DUE | {"ends": AT, "ladder": LADDER, "calendar": 3, "lapsed": True, "next": RING},
    clocks.EscalationStepTaken: DUE | {"id": STEP, "step": 2, "repetition": 3, "at": AT, "tell": ("owner", "body"),
                                       "draft": "reminder", "told": (PERSON,), "unheld": ("body",), "next": RING},
    clocks.StepAcknowledged: DUE,
    clocks.ClockSnoozed: DUE | {"until": "2024-11", "next": RING},
    clocks.ClockRecomputed: DUE | {"ends": AT, "calendar": 4, "next": RING},
    clocks.ClockStopped: DUE,
    clocks.PersonalReminderSet: {"person": PERSON, "until": "2024-11-15", "text": "rappeler la ministre"},
    events.CaseAdopted: {
        "workflow": "resolution.v1", "initial": "adopted", "assembly": ASSEMBLY, "ref": "2023:5", "numbers": ("5", "33"),
        "titles": {"5": "Titre", "33": "Autre titre"}, "parts": (Limb("au Canada", ("5",)), Limb("33", ("33",))),
        "plan": PLAN, "kind": "other", "text": "Que…", "submitted_by": WORDS, "mover": HER,
        "seconder": Party("body", BODY), "adopted_on": "2023-05-13", "vote": "42-3", "minutes_ref": "p. 7", "origin": CASE,
        "who": ("Denis",), "results": ("Des syndicats présents",), "targets": (TARGET,),
    },
    events.CaseReworded: {"text": "Que l’on…", "stage": "amended", "reason": "proposé en séance"},
    events.CaseThreadOpened: {"demarche": THREAD},
    events.CaseSubscribed: {"person": PERSON},
    events.CaseUnsubscribed: {"person": PERSON},
    demarches.DemarcheSent: {
        "workflow": "demarche.v1", "state": "sent", "number": 12, "cases": (CASE,), "kind": "meeting_request",
        "office": OFFICE, "legislature": "QC", "holder": PERSON, "channel": "email", "by": HER,
        "behalf": Party("body", BODY), "cosigners": Count(172, 172), "subject": "redevances", "text": "Que…",
        "count": Count(2, None, "multiples"), "expects_reply": False, "owner": HER, "mailing": STEP,
        "redirected_from": THREAD, "loaded": True,
    },
    demarches.ReminderSent: {"channel": "phone", "count": Count(3, None, "au moins trois"), "by": HER, "text": "bis",
                             "holder": PERSON, "loaded": True},
    demarches.DemarcheAcknowledged: {"state": "acknowledged", "wait_until": "2024-09-30", "reason": "consultations",
                                     "text": "bien reçu", "loaded": True},
    meetings.MeetingFixed: {"state": "meeting_fixed", "date": "2024-09-24", "place": "Québec", "confirmed": False,
                             "loaded": True},
    meetings.MeetingMoved: {"state": "meeting_fixed", "date": "2024-10-01", "place": "Montréal", "reason": "tempête",
                             "loaded": True},
    meetings.MeetingCancelled: {"state": "acknowledged", "reason": "tempête", "loaded": True},
    meetings.MeetingHeld: {"state": "met", "met": "staff", "holder": PERSON, "delegation": {"officiers": "2"},
                            "place": "Montréal", "text": "écoute", "loaded": True},
    demarches.DemarcheAnswered: {"state": "answered", "answer": "no_promise", "text": "on verra", "holder": PERSON,
                                 "loaded": True},
    demarches.DemarcheDeclined: {"state": "declined", "reason": "faute de disponibilités", "holder": PERSON, "loaded": True},
    demarches.DemarcheRedirected: {"state": "redirected", "office": OFFICE, "to": THREAD, "reason": "ce n’est pas elle",
                                   "loaded": True},
    demarches.RedirectionReceived: {"origin": THREAD, "loaded": True},
    demarches.SilenceAsserted: {"text": "rien reçu", "loaded": True},
    demarches.DemarcheClosed: {"state": "closed", "reason": "overtaken", "loaded": True},
    demarches.DemarcheReopened: {"state": "sent", "reason": "elle a rappelé", "loaded": True},
    pauses.DemarchePaused: {"reason": "élections", "until": "2024-11-05", "upon": CASE, "loaded": True},
    pauses.DemarcheResumed: {"reason": "c’est fini", "upon": CASE, "loaded": True},
    demarches.DemarcheAssigned: {"owner": HER, "loaded": True},
    demarches.DemarcheLinked: {"to": CASE, "loaded": True},
    demarches.DemarcheNoted: {"text": "à suivre", "audience": "assembly", "loaded": True},
    demarches.DemarcheTransferred: {"office": OFFICE, "legislature": "CA", "holder": PERSON, "reason": "remaniement",
                                    "loaded": True},
    events.CaseStateProposed: {"proposals": (PROPOSAL,)},
    ReportTabled: {
        "report": "follow-up", "format": "docx", "file": "ab" * 32, "name": "suivi.docx", "size": 9570, "type": "application/x",
        "as_of": "2024-09-18", "position": 1200, "lang": "fr", "cases": (TabledCase(CASE, 12, True),),
    },
    told.FactsRead: {"facts": (
        told.ToldFact("2024-06-26", "occurred", "26 juin dernier", "Une lettre est partie le 26 juin dernier.", 12, 14, "medium",
                      "stated"),
    )},
    bundles.CaseSplit: {"parts": (PART,), "numbers": ("33",), "to": CASE, "reason": "elle avance seule"},
    bundles.CaseCutOff: {"of": CASE, "parts": (PART,), "vouched": False, "owner": HER, "due": "2024-23", "proposals": (PROPOSAL,),
                         "proposed_on": "2024-09~"},
    bundles.CaseMerged: {"other": CASE, "numbers": ("33",), "titles": {"33": "Autre titre"}, "parts": (PART,), "text": "Que…",
                         "reason": "même demande"},
    migration.CaseMigrated: {"workflow": "resolution.v2", "parts": {"5": ("in_progress", "adopted")}, "state": "in_progress",
                             "reason": "nouvelles règles"},
    bundles.CaseMergedInto: {"into": CASE},
    events.ReportApproved: {"text": "Nous avons écrit.\n\n- Que…", "assembly": ASSEMBLY},
    events.CaseNoted: {"text": "à voir", "audience": "assembly", "part": "33", "level": 2, "verdict": "voir", "planned": "2025"},
    events.CaseAssigned: {"owner": HER},
    events.CaseDueSet: {"due": "2024-23", "standing": True, "cadence": SCHEDULE, "begins": "2024-06-26"},
    standing.CaseReviewed: {"day": "2024-06-26"},
    events.CaseAwaited: {"on": WORDS, "since": "2024-01", "condition": "sa réponse"},
    events.CaseLinked: {"to": CASE, "kind": "same meeting"},
    tasks.TaskAdded: {"number": 3, "text": "écrire", "owner": HER, "due": "2024-09", "upon": CASE, "within": 10} | LINE,
    tasks.TaskReworded: {"task": 3, "text": "écrire encore", "schedule": SCHEDULE, "due": "2024-09", "reason": "à revoir"},
    tasks.TaskDropped: {"task": 3, "reason": "ne sert plus"},
    events.CaseTargetSet: {"target": TARGET},
    tasks.TaskFinished: {"task": 3},
    tasks.TaskBecameDue: {"task": 3, "upon": CASE, "due": "2024-10-15"},
    Awaited: {"by": CASE},
    events.CaseRestricted: {"visibility": "named", "people": (PERSON,)},
    events.CaseWithdrawn: {"cause": "plan"},
    FileAttached: {"file": "00" * 32, "name": "lettre.pdf", "size": 120_000, "type": "application/pdf", "kind": "lettre",
                   "note": 4},
    moves.CaseConfirmed: STEPS | {"completion": "full", "completions": {"33": "partial"}, "reason": "c’est fait"},
    moves.CaseReferred: STEPS | {"body": BODY, "mandate": "étudier", "due": "2024-12"},
    moves.ReportReceived: STEPS | {"body": BODY, "text": "favorable"},
    moves.CaseStarted: STEPS,
    moves.CasePostponed: STEPS | {"until": "2025-21", "reason": "trop tôt"},
    moves.CaseBlocked: STEPS | {"on": WORDS, "reason": "enquête", "since": "2022-01-11/..", "condition": "sa fin"},
    moves.CaseResumed: STEPS | {"reason": "enquête close"},
    moves.CaseCompleted: STEPS | {"completion": "temporary", "residuals": ("le reste",), "review": "2026"},
    moves.CaseClosedUndone: STEPS | {"reason": "manque de temps"},
    moves.CaseCarriedOver: STEPS
    | {"to": CASE, "reason": "à suivre", "residual": "la formation", "completions": {"33": "full"}},
    moves.CaseSuperseded: STEPS | {"by": CASE},
    moves.CaseReopened: STEPS | {"reason": "à revoir"},
    moves.CaseMoved: STEPS | {"name": "print", "reason": "prêt", "text": "tirage", "body": BODY, "until": "2025"},
    AssemblyCreated: {
        "key": "2023", "name": "Annuelle 2023", "date": "2023-05-13", "kind": "congress", "quorum": "50",
        "numbers": {"4": "defeated"},
    },
    NumbersSettled: {"numbers": {"9": "withdrawn"}},
    BodyMeetingAnnounced: {"number": 2, "date": "2024-09-12", "place": "Québec", "confirmed": False},
    BodyMeetingMoved: {"number": 2, "date": "2024-09-19", "place": "Lévis", "reason": "tempête", "confirmed": False},
    BodyMeetingCancelled: {"number": 2, "reason": "quorum"},
    BodyMeetingHeld: {"number": 2, "date": "2024-09-19", "place": "Lévis"},
    OccurrenceCame: TURN,
    OccurrenceDropped: TURN,
    OccurrenceFinished: TURN | {"text": "rencontre tenue"},
    BodyCreated: {"key": "environnement", "name": "Comité environnement", "kind": "committee"},
    PersonCreated: {"key": "ada", "name": "Ada", "mail": "ada@example.org", "gender": "f", "lang": "en"},
    Renamed: {"name": "Comité climat"},
    Appointed: {"person": PERSON, "charge": "chair"},
    TermEnded: {"person": PERSON, "charge": "chair"},
    AddressChanged: {"mail": "a@example.org"},
    LanguageChanged: {"lang": "en"},
    NoticesSet: {"rhythm": "daily", "kinds": {"news": "none"}, "hour": "09:30", "weekday": "tuesday"},
    WentAway: {"since": "2024-07-01", "until": "2024-07-12", "replaced_by": PERSON},
    CameBack: {},
    Withdrawn: {},
    OfficeCreated: {
        "key": "tresor", "name": "président du Conseil du trésor", "kind": "ministre", "legislature": "QC",
        "feminine": "présidente du Conseil du trésor", "address": ("875, Grande Allée Est", "Québec"),
        "mail": "bureau@example.org", "phone": "418 555-0123",
    },
    OfficeRenamed: {"name": "président du Trésor", "feminine": "présidente du Trésor"},
    OfficeAddressChanged: {"address": ("1, rue Neuve",), "mail": "autre@example.org", "phone": ""},
    OfficeMerged: {"into": OFFICE, "reason": "remaniement"},
    OfficeSplit: {"into": (OFFICE, BODY), "to": OFFICE, "reason": "remaniement"},
    OfficeDissolved: {"successor": OFFICE, "reason": "remaniement"},
    PortfolioMoved: {"to": OFFICE, "what": "la faune", "threads": (CASE,)},
    OfficeTookOver: {"office": OFFICE, "what": "la faune"},
    plans.PlanCreated: {
        "key": "plan-2024", "name": "Plan de travail", "period": "2024/2027", "body": BODY, "author": "Conseil central",
        "form": "axes", "objectives": ("Agir",), "preamble": ("Rappel",), "adoption": (ADOPTION,), "nodes": (TREE,),
        "lists": (LISTING,),
    },
    plans.PlanPartAdopted: {"what": "plan", "body": BODY, "by": "Congrès", "said": "Adopté au Congrès"},
    plans.NodeEntered: {"node": NODE, "under": "1", "before": "1.2"},
    plans.NodeReworded: {"number": "1", "text": "Autrement", "reason": "plus clair"},
    plans.NodeMoved: {"number": "1.1", "under": "2", "before": "2.1"},
    plans.NodeRemoved: {"number": "1.1", "reason": "doublon"},
    plans.PlanTargetSet: {"target": TARGET},
    plans.EntriesListed: {"list": LISTING},
    plans.ItemsCarriedOver: {"to": PLAN, "items": {"1.3": "2.1"}, "reason": "faute de temps"},
    plans.ItemsTakenOver: {"origin": PLAN, "items": {"1.3": "2.1"}},
    plans.PlanConcluded: {"reason": "le mandat est fini"},
    imports.DocumentImported: {
        "key": "1", "file": "suivi.txt", "sha256": "00" * 32, "kind": "follow-up", "assembly": ASSEMBLY,
        "reference": "2024-09~", "touched": (imports.Touched(CASE, "2023:5", 2, True, (2,)),), "unchanged": ("2023:6",),
        "missing_numbers": ("7",), "stray": ("une ligne",),
    },
    imports.ImportUndone: {},
    OrganisationConfigured: {
        "name": "Fédération", "zone": "America/Toronto", "jurisdictions": ("QC", "CA"), "days_off": (date(2026, 12, 24),),
        "opens": time(8, 30), "closes": time(17), "lang": "en", "recesses": {"QC": ((date(2026, 6, 13), date(2026, 9, 14)),)},
        "late_after": 20, "very_late_after": 45, "seasons": {"spring": "03-01", "winter": "12-01"}, "year_begins": 4,
        "inclusive": "dots", "spaced_signs": True,
    },
}  # fmt: skip


def sample(kind: type[Event]) -> Event:
    """The sample of a kind of event. KeyError if this file has none yet."""
    return kind(**ENVELOPE | SAMPLES[kind])
