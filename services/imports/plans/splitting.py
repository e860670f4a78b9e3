"""Lists whose bullets were lost: several items in one, cut again where a sentence seems to begin.

A capital also begins a proper noun: what is cut is proposed, and says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from services.imports.plans.words import plain, slips

_WORD = re.compile(r"(?<!\S)[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2,}(?=[\s'’])")
_LABEL = re.compile(
    r"(?<!\S)(?P<label>[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}\s?:)\s+(?P<next>[A-ZÀ-ÖØ-Þ][^\W\d_]+)"
)
_BEFORE = re.compile(r"(\S+)\s+$")
_JOINING = (  # a sentence does not end with one of these
    "a à au aux avec ce ces cet cette chez d dans de des du en entre est et l la le les leur leurs nos notre ou par pour"
    " projet prix programme comité réseau groupe que qui sa sans ses son sous sur un une vers the of and to for with in on"
    " by our their at from or an"
)
_JOINS = frozenset(_JOINING.split())
_FRENCH = (
    "accompagner accroître accueillir actualiser adapter adopter améliorer analyser animer appliquer appuyer assurer"
    " augmenter avoir bâtir bonifier cibler collaborer communiquer concevoir conclure concrétiser consolider constituer"
    " consulter continuer contribuer coordonner créer définir demander déployer dépôt déterminer développement développer"
    " diffuser diffusion diminuer documenter donner dresser effectuer élaboration élaborer embaucher encourager engager"
    " entreprendre établir étudier évaluation évaluer éviter examiner expérimenter explorer faciliter faire favoriser"
    " finaliser former fournir identifier impliquer influencer informer initier inscrire instaurer inviter lancer maintenir"
    " mener mettre mise mobiliser négocier obtenir offrir optimiser organisation organiser outiller partager participation"
    " participer planifier poursuivre préparation préparer présenter procéder produire production promotion promouvoir"
    " proposer publication publier réaliser recenser rechercher recruter rédiger réduire regrouper rencontrer renforcer"
    " renouveler répertorier répondre représenter revendiquer réviser révision sensibiliser siéger solliciter sonder soutenir"
    " stimuler structurer susciter tenir tenue transmettre travailler utiliser valider valoriser veiller visiter être"
)
_ENGLISH = (
    "adopt adapt analyse analyze appoint assess build campaign collaborate collect complete conduct consult continue"
    " coordinate create define deliver design determine develop distribute document draft encourage engage ensure establish"
    " evaluate examine expand explore facilitate finalise finalize follow gather give help hire hold host identify implement"
    " improve increase inform invite keep launch lobby maintain make meet mobilise mobilize monitor negotiate obtain offer"
    " organise organize participate plan prepare present produce promote propose provide publish recruit reduce report"
    " research review secure send set share strengthen support survey sustain take train update work write"
)
_KNOWN = frozenset(plain(word) for word in f"{_FRENCH} {_ENGLISH}".split())
_INFINITIVE = re.compile(r"(?:er|ir|oir|dre|ttre|ire|aître)$")
_NOUNS = "avenir hiver février janvier ministère maire notaire dossier atelier papier cahier"
_NEVER = frozenset(_NOUNS.split())
_SLIP = 6  # letters from which a word with one slip is still known


def starters(openings: Iterable[str]) -> frozenset[str]:
    """The words with which the items of a document begin, to know another by."""
    return frozenset(said[0] for text in openings if (said := plain(text).split()))


def split_items(text: str, begun: frozenset[str], strict: bool = False) -> list[str]:
    """The items of a list that was run together; the text alone if nothing says that it holds several. `strict`: only before
    the words that are known to begin items, and with which others begin."""
    cuts = [0]
    for word in _WORD.finditer(text):
        sure = not strict or (plain(word[0]) in begun and plain(word[0]) in _KNOWN)
        if word.start() and sure and _begins(text, word, begun):
            cuts.append(word.start())
    return [piece for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True) if (piece := text[a:b].strip())]


def split_labels(text: str, begun: frozenset[str]) -> list[str]:
    """« Jeunes : Explorer … Femmes : Tenir … »: each label, with its colon, apart from the items after it."""
    pieces, at = [], 0
    for label in _LABEL.finditer(text):
        if _is_known(plain(label["next"]), begun):
            pieces += [text[at : label.start()], label["label"]]
            at = label.start("next")
    return [piece.strip() for piece in [*pieces, text[at:]] if piece.strip()]


def _begins(text: str, word: re.Match[str], begun: frozenset[str]) -> bool:
    head = text[: word.start()]
    before = _BEFORE.search(head)
    if before is None or head.count("(") > head.count(")") or head.count("«") > head.count("»"):
        return False
    last = before[1]
    if last.lower().rstrip("'’") in _JOINS or last.endswith((",", ":", "-", "–", "'", "’")):
        return False
    said = plain(word[0])
    return (
        _is_known(said, begun)
        or (bool(_INFINITIVE.search(word[0].lower())) and said not in _NEVER)
        or last.endswith("etc.")
    )


def _is_known(said: str, begun: frozenset[str]) -> bool:
    if said in _KNOWN or (said in begun and len(said) >= _SLIP):
        return True
    return len(said) >= _SLIP and any(slips(said, each, 1) <= 1 for each in _KNOWN)
