"""The words of a record: what it is, what we are in an alliance, what was written, a figure with its qualifier."""

from __future__ import annotations

from projections.phrases.catalogue import N_, say
from projections.phrases.rows import Row, date_of, joined, who

KINDS = {
    "activity": N_("activity"),
    "presentation": N_("presentation"),
    "kiosk": N_("information stand"),
    "advocacy": N_("letter of advocacy"),
    "publication": N_("publication"),
    "alliance": N_("alliance"),
    "funding": N_("funding"),
    "figure": N_("figure"),
    "committee": N_("committee"),
    "resolution": N_("declared resolution"),
}
RELATIONS = {
    "member": N_("member"),
    "delegate": N_("delegate"),
    "seat": N_("seat on the board"),
    "support": N_("support"),
    "collaboration": N_("collaboration"),
}
FORMS = {
    "letter": N_("letter"),
    "collective_letter": N_("collective letter"),
    "support": N_("support"),
    "congratulations": N_("congratulations"),
    "declaration": N_("declaration"),
    "resolution": N_("resolution"),
    "press_release": N_("press release"),
    "brief": N_("brief"),
    "interview": N_("interview"),
    "article": N_("article"),
    "petition": N_("petition"),
}


def facts_of(row: Row, lang: str) -> list[str]:
    """What a record says beside its title and its date, each fact by itself."""
    told = [
        say(FORMS[row["form"]], lang) if row["form"] else "",
        say(RELATIONS[row["relation"]], lang) if row["relation"] else "",
        row["place"] or "",
        ", ".join(who(one) for one in row["addressees"]),
        ", ".join(who(one) for one in row["parties"]),
        ", ".join(one["words"] for one in row["figures"]),
        row["published"] or "",
    ]
    return [each for each in told if each]


def record_line(row: Row, lang: str) -> str:
    """A record on one line: its date, its title, what else it says."""
    return joined((date_of(row["date"], lang), row["title"], *facts_of(row, lang)))
