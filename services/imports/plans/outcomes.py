"""The turns, in French and in English, by which a follow-up says what became of an item; read in folded words."""

from __future__ import annotations

import re


def _any(*turns: str) -> re.Pattern[str]:
    return re.compile("|".join(turns))


_NEXT = r"(?:prochaine?s?|suivante?s?|nouveau|next) (?:mandat|congres|plan|exercice|term|mandate)"
_INTO = r"(?:au|aux|a la|en|dans l[ea]|dans un|to the|over to the|into the|for the|to)"
_THING = (
    r"(?:action|mandat|objectif|projet|dossier|point|tache|activite|item|task|activity|mandate|objective|project)s?"
)
_DONE = r"(?:realise|accompli|termine|complete|atteint|fait|done|achieved|completed|finished)e?s?"

CARRIED_OVER = _any(
    rf"(?:report|remis|renvo|transfer|repouss|poursuiv|carried|deferred|postponed)\w*(?: \w+){{0,3}} {_INTO} (?:\w+ )?{_NEXT}",
    rf"(?:ser(?:a|ont|aient)|will be|to be) [^.;]{{0,60}}(?:dans|lors d|au cours d|in|during|au)[a-z' ]{{0,12}}{_NEXT}",
)
PARTLY = _any(
    r"(?:partiellement|en partie) (?:realise|faite?|atteint|complet|accompli)",
    r"realisation partielle",
    r"\bpartial(?:ly)?\b",
    r"\bpartly\b",
)
NOT_DONE = _any(
    r"\bnon[ -](?:realise|faite?\b|atteint|complete|tenu|debute)",
    r"\bpas (?:ete )?(?:realise|faite?\b|atteint|tenu|eu lieu)",
    r"\bnot (?:done|completed?|carried out|achieved|held|started)",
    r"\babandonnee?s?\b",
    r"\bdropped\b",
)
DONE = _any(rf"\b{_THING} (?:\w+ )?{_DONE}\b", rf"^{_DONE}\b")
ONGOING = _any(
    r"\ben continu\b", r"\bse poursui(?:t|vent)\b", r"\bsuit son cours\b", r"\ben cours\b",
    r"\bongoing\b", r"\bin progress\b", r"\bcontinues\b", r"\bunder way\b",
)  # fmt: skip
REASON = _any(
    r"\((?P<brackets>[^()]{3,})\)",
    r"(?:par manque d[e']|faute d[e']|pour cause d[e']|(?:en raison|a cause) d(?:e la |e l'|es |u |e |')|etant donne |suite a "
    r"|because of |due to |for lack of |owing to )(?P<words>[^.;()]{3,})",
)
"""Why: a parenthesis, or what follows « par manque de », « en raison de », “due to”."""

OF_ITSELF = _any(
    rf"^(?:l'|le |la |cette |ce |the |this )?{_THING}\b",
    r"^(?:non|pas|not|partiel|en partie|partly|partial|report|remis|realise|accompli|annul|abandon|done|completed?|carried)",
    r"^(?:postponed|deferred|dropped|ongoing|en cours|en continu|in progress|termine|fait)",
)
"""That a phrase speaks of the item as such, and of nothing else."""

TO_DO = _any(r"^(?:s'|se |ne pas )?[a-z]{2,}(?:er|ir|oir|re)\b(?! \d)", r"^to [a-z]+")
"""A bullet in the infinitive: something yet to do."""

CLOSING = _any(r"^(?:bilan|resultats?|results?|outcome|en resume|summary)\b")
MADE = _any(
    r"\b(?:effectue|realise|complete|termine|monte|produit|livre|lance|installe|adopte|publie|tenu|cree)(?:e|s|es)?\b",
    r"\bmise? en (?:place|ligne|oeuvre)\b",
    r"\b(?:completed|launched|published|installed|adopted|created|delivered|produced|held)\b",
    r"^(?:lancement|amenagement|inventaire|nomenclature|mise en|publication|creation|adoption|launch)\b",
)
SERIES = re.compile(r"^(?P<thing>[a-z]+) (?:no |n° ?)?\d{1,2} ?:")
"""One of a numbered series: « Capsule 3 : … »."""
