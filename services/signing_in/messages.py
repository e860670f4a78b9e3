"""The messages that bear a link: written into the outbox like all others, without the secret."""

from __future__ import annotations

from uuid import UUID, uuid5

from domain.directory import Person
from projections.phrases.catalogue import N_, say
from services.accounts import person_of
from services.mail import wording
from services.mail.letters import Letter, laid_out, language
from services.mail.messages import domain_of
from services.settings import Settings
from services.signing_in.links import HIDDEN, PATH, Kind
from services.store import Store

_ADD = """INSERT INTO suivi.outbox (id, step, stream, position, recipient, message_id, lang, subject, body, html, kind,
                                    created_at, not_before)
          VALUES (%s, %s, %s, 0, %s, %s, %s, %s, %s, %s, 'access', %s, %s)"""

SUBJECTS = {"invitation": N_("Suivi – you are invited"), "reset": N_("Suivi – to enter again")}
HEADINGS = {"invitation": N_("You are invited to Suivi"), "reset": N_("Choose another password")}
TOLD = {
    "invitation": N_("{who} opens Suivi to you: it is where the follow-up of what the assembly adopted is kept."),
    "reset": N_("Someone, you perhaps, asked for a way to enter Suivi again in your name."),
}
MORE = {
    "invitation": N_(
        "The link serves once, within seven days. You then choose how you enter: a password, or a passkey."
    ),
    "reset": N_(
        "The link serves once, within the hour. If you did not ask for it, do nothing: your password stays as it is."
    ),
}
OPEN = {"invitation": N_("Open my account"), "reset": N_("Choose another password")}
WHY = N_("This message is for you alone: whoever opens the link enters in your name. Do not pass it on.")


def post(store: Store, settings: Settings, kind: Kind, link: UUID, person: Person, by: UUID) -> UUID:
    """Puts the message of a link into the outbox; it goes at once, whatever the hour. Its id."""
    id, now, letter = uuid5(link, "mail"), store.present.now, letter_of(store, settings, kind, person, by)
    store.connection.execute(_ADD, (
        id, link, person.id, person.id, f"<{id}@{domain_of(settings.mail_from)}>", letter.lang, letter.subject, letter.body,
        letter.html, now, now,
    ))  # fmt: skip
    return id


def letter_of(store: Store, settings: Settings, kind: Kind, person: Person, by: UUID) -> Letter:
    """What it says, in the language of its reader."""
    organisation, sender = store.present.organisation, person_of(store, by)
    lang = language(person, organisation)
    who = organisation.name or (sender.name if sender else "Suivi")
    return laid_out("news", {
        "lang": lang, "organisation": organisation.name, "ref": "", "title": "",
        "today": say("{day}", lang, day=organisation.calendar.today(store.present.now)),
        "subject": say(SUBJECTS[kind], lang), "heading": say(HEADINGS[kind], lang),
        "paragraphs": [say(TOLD[kind], lang, who=who), say(MORE[kind], lang)],
        "open": say(OPEN[kind], lang), "link": f"{settings.url}{PATH}?{HIDDEN}",
        "commands": [], "why": say(WHY, lang), "leave": "", "leave_link": "", "foot": say(wording.FOOT, lang),
    })  # fmt: skip
