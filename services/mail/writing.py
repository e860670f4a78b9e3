"""Which reminder a step asks for, by what it is about."""

from __future__ import annotations

from domain.demarche.demarche import Demarche
from services.mail.case_reminders import CaseReminder
from services.mail.letters import Letter, Occasion, laid_out
from services.mail.reminders import Reminder
from services.mail.thread_reminders import ThreadReminder
from services.store import Store


def reminder(store: Store, occasion: Occasion) -> Reminder:
    """Its sentences, in the language of the reader."""
    if isinstance(occasion.subject, Demarche):
        return ThreadReminder(store, occasion, occasion.subject)
    return CaseReminder(store, occasion, occasion.subject)


def write(store: Store, occasion: Occasion) -> Letter:
    """The letter."""
    words = reminder(store, occasion).words()
    return laid_out("reminder", words, " ".join(filter(None, (words["due"], words["late"]))))
