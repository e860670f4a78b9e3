"""One fact of each kind in a thread with an office."""

from __future__ import annotations

from domain.base import Event
from domain.case.events import CaseThreadOpened
from domain.demarche import events, meetings, pauses
from domain.values import Count, Party
from tests.projections.named import CASE, COMMITTEE_PARTY, OFFICE, OTHER_THREAD, PERSON, THREAD

SENT = events.DemarcheSent(
    workflow="demarche.v1", state="sent", number=4, cases=(CASE,), kind="meeting_request", office=OFFICE,
    legislature="QC", holder=PERSON, channel="email", by=Party("person", PERSON), behalf=COMMITTEE_PARTY,
    cosigners=Count(172, 172), subject="Les redevances sur l’eau", text="Nous vous demandons une rencontre.",
    count=Count(2, None, "multiples"), expects_reply=False, owner=Party("person", PERSON),
)  # fmt: skip

OF_THREADS: tuple[Event, ...] = (
    SENT,
    CaseThreadOpened(demarche=THREAD),
    events.ReminderSent(channel="phone", count=Count(3, None), by=Party("person", PERSON), text="Au bureau."),
    events.DemarcheAcknowledged(state="acknowledged", wait_until="2024-09-30", reason="consultations", text="Bien reçu."),
    meetings.MeetingFixed(state="meeting_fixed", date="2024-09-24", place="Québec"),
    meetings.MeetingMoved(state="meeting_fixed", date="2024-10", place="Montréal", reason="tempête"),
    meetings.MeetingCancelled(state="acknowledged", reason="pandémie"),
    meetings.MeetingHeld(state="met", met="staff", delegation={"officiers": "2"}, place="Montréal", text="On nous écoute."),
    events.DemarcheAnswered(state="answered", answer="no_promise", text="On verra."),
    events.DemarcheDeclined(state="declined", reason="faute de disponibilités"),
    events.DemarcheRedirected(state="redirected", office=OFFICE, to=OTHER_THREAD, reason="le dossier est ailleurs"),
    events.RedirectionReceived(origin=OTHER_THREAD),
    events.SilenceAsserted(text="Rien n’est venu."),
    events.DemarcheClosed(state="closed", reason="overtaken"),
    events.DemarcheReopened(state="sent", reason="un appel"),
    pauses.DemarchePaused(reason="élections", until="2024-11-05", upon=CASE),
    pauses.DemarcheResumed(reason="élections tenues"),
    pauses.DemarcheResumed(upon=CASE),
    events.DemarcheAssigned(owner=COMMITTEE_PARTY),
    events.DemarcheLinked(to=CASE),
    events.DemarcheNoted(text="Rappeler en octobre.", audience="assembly"),
    events.DemarcheTransferred(office=OFFICE, legislature="CA", reason="remaniement"),
)  # fmt: skip
