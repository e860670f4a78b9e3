"""The words by which registers say where a resolution stands, and what the assembly decided of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.directory import Fate
from domain.words import plain
from services.imports.report import Confidence


class Status(NamedTuple):
    """A state, how far it is done, how sure that is, and what may be meant instead."""

    state: str
    completion: str | None = None
    confidence: Confidence = "high"
    alternatives: tuple[str, ...] = ()


_STATUSES: tuple[tuple[str, Status], ...] = (
    (r"intent not met|intention non respectee", Status("not_done", None, "medium", ("in_progress",))),
    (r"incomplete information|information(?:s)? (?:insuffisante|incomplete)s?", Status("in_progress", None, "low", ("blocked",))),
    (r"accept\w* in part|accept\w* en partie|partially accepted", Status("done", "partial", "medium", ("in_progress",))),
    (r"accept\w* in principle|accept\w* en principe", Status("in_progress", None, "medium", ("done",))),
    (r"non (?:debute|commence|amorce)\w*|not (?:yet )?(?:started|begun)|pas (?:encore )?(?:debute|commence|amorce)\w*|"
     r"a (?:faire|venir)|to ?do|nouve(?:au|lle)|new", Status("adopted")),
    (r"refus\w*|declin\w*|non realise\w*|pas realise\w*|abandon\w*|cancel\w*|annul\w*|sans suite|"
     r"not (?:done|implemented|achieved|met)|unsuccessful",
     Status("not_done", None, "medium", ("in_progress",))),
    (r"carried (?:over|forward)|report\w* (?:au|a la) prochain\w*", Status("carried_over", None, "medium", ("postponed",))),
    (r"remplac\w*|supersed\w*|replaced", Status("superseded")),
    (r"remis\w*|report\w*|postpon\w*|defer\w*|differ\w*|en suspens|on hold",
     Status("postponed", None, "medium", ("carried_over",))),
    (r"bloqu\w*|blocked|stalled", Status("blocked")),
    (r"(?:en attente|awaiting|pending|waiting for|attend\w*) (?:\w+ ){0,4}"
     r"(?:reponse|retour|decision|suite|response|reply|answer)s?|(?:sans|aucune) reponse|"
     r"(?:no|without) (?:response|reply|answer)",
     Status("blocked", None, "medium", ("in_progress", "referred"))),
    (r"en attente|awaiting|pending|waiting",
     Status("in_progress", None, "low", ("blocked", "referred"))),
    (r"(?:realise|complete|termine|fait|done|implemented)\w* (?:en partie|partiellement)|partiel\w*|partial\w*|in part",
     Status("done", "partial", "medium", ("in_progress",))),
    (r"en cours|in progress|ongoing|en continu|under ?way|amorc\w*|started|commenc\w*|debut\w*|active|open|ouvert\w*",
     Status("in_progress")),
    (r"realise\w*|complete\w*|termine\w*|faite?|clos\w*|ferme\w*|regle\w*|done|closed|implemented|achieved|resolved|met",
     Status("done", "full")),
    (r"accept\w*", Status("done", "full", "low", ("in_progress",))),
    (r"refer\w*|transmis\w*|envoy\w*|sent|forwarded|submitted|confie\w*", Status("referred")),
    (r"adopt\w*|carried", Status("adopted", None, "low", ("in_progress",))),
)  # fmt: skip
_DECISIONS: tuple[tuple[str, Fate], ...] = (
    (r"not (?:adopted|carried|endorsed)|non adopt\w*|defeat\w*|reject\w*|rejet\w*|battue?|lost|failed|not supported|negative",
     "defeated"),
    (r"withdr\w*|retir\w*", "withdrawn"),
    (r"not (?:reached|considered|debated)|non (?:traite|etudie|debattu)\w*|pas (?:traite|etudie|debattu)\w*", "not_reached"),
    (r"refer\w*|renvoy\w*|defere\w*", "referred"),
    (r"adopt\w*|carried|endorsed|approv\w*|accept\w*|passed|unanim\w*|concurr\w*", "adopted"),
)  # fmt: skip


def status_of(words: str) -> Status | None:
    """The state that a status says; null if none is known. Less sure where other words go with it, or say another."""
    said = " ".join(re.findall(r"[a-z0-9]+", plain(words)))
    found = [(match, status) for pattern, status in _STATUSES if (match := re.search(rf"\b(?:{pattern})\b", said))]
    if not found:
        return None
    match, status = found[0]
    apart = [each.state for other, each in found[1:] if other.end() <= match.start() or other.start() >= match.end()]
    others = tuple(dict.fromkeys(state for state in apart if state != status.state))
    if match[0] == said:
        return status
    if others:
        return status._replace(confidence="low", alternatives=tuple(dict.fromkeys((*status.alternatives, *others))))
    return status._replace(confidence="medium" if status.confidence == "high" else status.confidence)


def fate_of(words: str) -> Fate | None:
    """What the assembly decided; null if it is not known. Nothing said is adopted: a register lists what was."""
    said = " ".join(re.findall(r"[a-z0-9]+", plain(words)))
    if not said:
        return "adopted"
    return next((fate for pattern, fate in _DECISIONS if re.search(rf"\b(?:{pattern})\b", said)), None)
