"""What a sentence of a follow-up report says of the state of things: a table of clues in French.

None of the real reports prints a status: it is read from verbs and turns. A clue is a turn of the genre,
never a sentence. Each carries an example, which a test reads; an apostrophe is written ’."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from services.imports.spelling import lenient


class Signal(StrEnum):
    """What a clue says. The first five settle a matter by themselves."""

    CARRIED_OVER = "carried_over"
    SUPERSEDED = "superseded"
    POSTPONED = "postponed"
    NOT_DONE = "not_done"
    RESULT = "result"  # the other side gave what was asked
    WAITING = "waiting"  # on a third party
    REFUSED = "refused"  # declined, or left without answer
    OPEN = "open"  # said to be unsettled
    ONGOING = "ongoing"
    PLANNED = "planned"  # an act or a meeting to come
    WHEN_NEEDED = "when_needed"  # a rule for later cases, or a step that depends on another
    BEGUN = "begun"  # a first or a side step, not finished
    DELIVERED = "delivered"  # what was to be made is there
    DEED = "deed"  # something was done on the way
    PLEA = "plea"  # put to those who decide
    HANDED = "handed"  # the matter itself was given to those who decide
    TEMPORARY = "temporary"


@dataclass(frozen=True)
class Clue:
    """`weight`: 1 hints, 2 says, 3 says without doubt."""

    signal: Signal
    weight: int
    pattern: re.Pattern[str]
    example: str


def clue(signal: Signal, weight: int, example: str, *turns: str) -> Clue:
    """A clue of several turns. `(stem…)` ends with any ending; words are whole unless a turn says
    otherwise."""
    joined = "|".join(turn.replace("…", r"\w*") for turn in turns)
    return Clue(signal, weight, re.compile(lenient(rf"\b(?:{joined})(?!\w)"), re.IGNORECASE), example)


_SEASONS = "printemps|automne|hiver|rentrée"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_WHEN = (
    r"(?:(?:à|au|en|pour|vers) (?:l’)?(?:(?:début|fin) |mi-)?(?:de )?(?:19|20)\d\d"
    rf"|(?:à|au|en|pour) (?:l’)?(?:{_SEASONS}|{_MONTHS})|(?:à l’|en |pour l’)été|(?:à|pour) l’an(?:née)? prochaine?"
    r"|(?:à )?plus tard|(?:à )?une date (?:ultérieure|indéterminée)|sine die)"
)
_SEVERAL = r"(?:\w+ ){0,3}?"
_ADVERB = r"(?:\w+ment |aussi |enfin |ainsi |déjà |bien |pu )?"
_WAS = rf"(?:a|ont|avons) {_ADVERB}(?:été|être) {_ADVERB}"
_HAVE = rf"(?:a|ont|avons) {_ADVERB}"
_NOW = r"(?<!\ba )(?<!\bont )(?<!\bavons )"  # what a verb in the present follows not: “a continue de” lost an accent
_LATER = r"(?:prochaine?s?|suivante?s?)"
_NEXT = rf"(?:{_LATER} (?:mandat|congrès|assemblée|plan)|(?:mandat|congrès|assemblée|plan) {_LATER})"
_NOT = r"n’(?:a|ont|avons|est|sont) (?:toujours |encore )?(?:pas|jamais) (?:encore )?"
_TOOK_PLACE = r"(?:s’est tenu…|se sont tenu…|(?:a|ont) eu lieu)"
_MEETING = r"(?:rencontre|réunion|discussion|échange|appel|entretien)s?"

S = Signal

CLUES: tuple[Clue, ...] = (
    clue(
        S.CARRIED_OVER,
        3,
        "Le point est reporté au prochain mandat.",
        rf"(?:report|transfér|renvoy|remis)… (?:au|à la|aux) {_NEXT}",
    ),
    clue(
        S.SUPERSEDED,
        3,
        "Ce dossier est fusionné avec la résolution 12.",
        r"(?:remplac|fusionn|intégr|fondu)… (?:par|avec|à|dans) (?:la|une autre|les) résolutions?",
        r"rendue? caduque?",
        r"voir (?:la )?résolution",
        r"sans objet",
    ),
    clue(
        S.POSTPONED,
        3,
        "Le lancement a été repoussé à l’automne.",
        rf"(?:remis|remettre|report|repouss|différ|déplac|décal)… {_SEVERAL}{_WHEN}",
    ),
    clue(
        S.POSTPONED,
        2,
        "La tournée a dû être reportée.",
        r"(?:a|ont) (?:dû )?(?:été|être) (?:report|repouss|différ)…",
    ),
    clue(
        S.NOT_DONE,
        3,
        "Le colloque n’a pas eu lieu.",
        _NOT + r"(?:pu )?(?:été|être) (?:réalis|fait|tenu|organis|mis|donn|complét)…",
        _NOT + "eu lieu",
        r"non réalisée?s?",
        r"abandonnée?s?",
        _WAS + "annul…",
    ),
    clue(
        S.RESULT,
        3,
        "Le gouvernement a dû retirer son projet.",
        rf"{_HAVE}(?:obtenu|gagné|arraché)(?! (?:\w+ )?(?:{_MEETING}|rendez|réponse|copie))",
        r"gain de cause",
        rf"{_HAVE}(?:dû|accepté de|consenti à) (?:mettre|retirer|modifier|reculer|adopter|accorder)",
    ),
    clue(
        S.TEMPORARY,
        2,
        "Un moratoire est en place.",
        "moratoires?",
        "temporairement",
        "provisoirement",
        "à titre (?:temporaire|provisoire)",
        "projets? pilotes?",
    ),
    clue(
        S.WAITING,
        3,
        "Nous attendons la réponse du ministère.",
        rf"attend(?:s|ons|ent|ra|rons|ront)? {_SEVERAL}(?:[ld]’)?"
        r"(?:réponse|résultat|décision|retour|suite|rapport|conclusion|jugement|nouvelle)s?",
        r"fait (?:\w+ )?attendre",
        "en attente",
    ),
    clue(
        S.REFUSED,
        3,
        "Le ministère n’a pas répondu à nos lettres.",
        "déclin(?:é|ée|és|ées|e|ons)",
        _NOT + r"(?:donné suite|répondu|reçu)",
        "lettre morte",
        "(?:sans|aucune) réponse",
        r"(?:a|ont) refusé",
        "fin de non-recevoir",
        _WAS + "(?:rejet|refus)…",
    ),
    clue(
        S.OPEN,
        2,
        "La question demeure entière.",
        r"(?:reste|demeure)(?:nt)? (?:entière?s?|ouverte?s?|irrésolue?s?|préoccupant…)",
        r"(?:reste|demeure)(?:nt)? (?:encore )?à \w+r[er]?",
        r"n’(?:est|a) (?:pas encore|toujours pas)",
    ),
    clue(
        S.OPEN,
        1,
        "Le ministre ne s’est pas engagé.",
        r"ne s(?:’est|e sont) (?:pas )?engag…",
        "(?:sans|aucun) engagement",
    ),
    clue(
        S.ONGOING,
        3,
        "Les travaux se poursuivent.",
        "en cours",
        "en train d[e’].*",
        "en (?:préparation|élaboration|développement|chantier)",
        "poursuiv(?:ons|ent)",
        "continu(?:ons|ent)",
        "demeurons",
        "maintenons",
        "travaillons",
        "se poursuit",
        _NOW + "(?:continue|poursuit) (?:d[e’]|à|ses|son|sa|nos|les|la).*",
    ),
    clue(
        S.ONGOING,
        2,
        "Le comité travaille à un guide.",
        _NOW + r"(?:travaill|collabor|particip)(?:e|ent|ons) (?:\w+ )?(?:à|avec|sur|aux)",
        "ont lieu",
        "progressivement",
        "à l’affût",
        "à l’étude",
        "en branle",
        "suit son cours",
    ),
    clue(
        S.BEGUN,
        2,
        "Un relevé a été amorcé.",
        "amorcée?s?",
        r"(?:a|ont|avons) (?:commencé|débuté|entrepris|entamé)",
        r"s’est portée? volontaire",
    ),
    clue(
        S.PLANNED,
        2,
        "Une rencontre est prévue en mars.",
        "prévo(?:it|yons|ient)",
        "comptons",
        "entendons",
        r"(?:compte|entend) \w+(?:er|ir|re)",
        "(?:est|sont) (?:prévu|planifi|fix)…",
        "prévue?s? (?:pour|le|en|à|au)",
        "à (?:venir|confirmer|déterminer)",
        r"(?:a|ont|avons) convenu de",
        r"(?:dans|au cours d)\w* prochain…",
    ),
    clue(
        S.PLANNED,
        2,
        "Le guide sera publié bientôt.",
        r"(?!caméra|opéra|extra|ultra|intra|infra|contra)\w{2,}(?:ra|ront)",
        r"\w+erons",
        "(?:tiend|prend|pour|dev|au|ver|poursuiv|mett)rons",
    ),
    clue(
        S.WHEN_NEEDED,
        2,
        "Les places libres seront affichées à l’avenir.",
        "à l’avenir",
        "en cas de",
        "au besoin",
        "s’il y a lieu",
        "le cas échéant",
        "après réception",
        "une fois (?:que|son|sa|ses|le|la|les|l’.*)",
        "dès qu[e’].*",
        "jusqu’à ce qu[e’].*",
        "tous les ans",
        "chaque année",
    ),
    clue(
        S.DELIVERED,
        3,
        "Les deux postes ont été comblés.",
        _WAS + "(?:réalis|complét|termin|achev|pourvu|conclu|atteint|combl)…",
        r"(?:est|sont) (?:\w+ment |maintenant |désormais )?(?:réalis|complét|termin|achev|combl)(?:é|és|ée|ées)(?! par\b)",
        "(?:statut|état|suivi) ?: ?(?:réalis|complét|termin|fait)…",
        r"(?<!.)(?:réalis|complét|termin|fait)(?:é|ée|és|ées|e|s)?\.?$",
    ),
    clue(
        S.DELIVERED,
        2,
        "Un guide a été rédigé.",
        _WAS + "(?:adopt|embauch|créé|instaur|sign|livr|rédig|répertori|produit|conçu|élabor|augment|modifi)…",
        _WAS + "(?:ajout|inscri|élu|nomm|publi|diffus|distribu|implant|inaugur|install)…",
        _WAS + r"(?:mis|dépos)… (?:à|en|au|aux|sur) (?:la )?(?:disposition|ligne|place|œuvre|bibliothèque|site)",
        "(?:est|sont) (?:prêt…|en vigueur|en ligne|disponibles?|accessibles?)",
        rf"(?<!.)(?!.*\b{_MEETING}\b).*{_TOOK_PLACE}",
    ),
    clue(
        S.DEED,
        1,
        "Nous avons écrit à trois ministres.",
        rf"(?:a|ont|avons|s’est|se sont) {_ADVERB}\w{{2,}}(?:é|i|u|is|it|ert)(?:e?s?)",
        _TOOK_PLACE,
        "lettres? envoyées?",
        "relances?",
    ),
    clue(
        S.PLEA,
        1,
        "Des représentations ont été faites au ministère.",
        rf"représentations? {_SEVERAL}(?:faites?|auprès)",
        "fait (?:les|des|nos) représentations",
        "fait valoir",
        "(?:sensibilis|revendiqu)…",
        "portée?s? (?:à l’attention|devant)",
        _HAVE + "(?:interpell|réclam|plaid)…",
    ),
    clue(
        S.HANDED,
        2,
        "La demande a été transmise à la fédération.",
        r"(?:résolution|demande|question|proposition|recommandation|dossier|mandat|sujet|point)s? "
        + _WAS
        + r"(?:transmi|confi|référ|défér|achemin|renvoy|soumi)\w* (?:à|au|aux)",
        r"(?:revient|appartient) la décision",
        r"décision (?:lui |leur )?(?:revient|appartient)",
    ),
)
