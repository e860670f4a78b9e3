"""One phrase for each kind of event: its clauses, in the order in which a person would say them."""

from projections.phrases.events import (
    amendments,
    annals,
    attachments,
    bundles,
    clocks,
    demarches,
    directory,
    moves,
    offices,
    plans,
    reachability,
    records,
    reports,
    settings,
    tasks,
    told,
    turns,
)
from projections.phrases.events.registry import clauses

__all__ = [
    "amendments",
    "annals",
    "attachments",
    "bundles",
    "clauses",
    "clocks",
    "demarches",
    "directory",
    "moves",
    "offices",
    "plans",
    "reachability",
    "records",
    "reports",
    "settings",
    "tasks",
    "told",
    "turns",
]
