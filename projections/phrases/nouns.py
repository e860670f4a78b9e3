"""Names of persons, bodies and cases as a sentence needs them: « le Comité », « au Comité », « du Comité »."""

from __future__ import annotations

import re

from projections.phrases.catalogue import N_, translator


class Noun(str):
    """A name as subject or object; `to`, `of`: after « à » and « de », contracted; `name`: bare, without article."""

    name: str
    to: str
    of: str

    @classmethod
    def of_forms(cls, plain: str, to: str, of: str, name: str = "") -> Noun:
        noun = cls(plain)
        noun.to, noun.of, noun.name = to, of, name or plain
        return noun


_NOUNS = {
    "le": """bureau cabinet caucus cercle collectif collège comité congrès conseil cégep district département front
        groupe ministère regroupement réseau secrétariat secteur service sous-comité syndicat tribunal""",
    "la": """centrale coalition commission confédération coopérative corporation délégation direction division
        fédération fondation ligue mutuelle permanence présidence régie section société table trésorerie
        vice-présidence ville""",
    "l’": """agence alliance assemblée association atelier exécutif institut observatoire office ordre organisation
        organisme union école équipe""",
    "les": "officiers officières services syndicats",
}
_ARTICLES = {noun: article for article, nouns in _NOUNS.items() for noun in nouns.split()}
_CONTRACTED = {
    "le": ("le {}", "au {}", "du {}"),
    "la": ("la {}", "à la {}", "de la {}"),
    "l’": ("l’{}", "à l’{}", "de l’{}"),
    "les": ("les {}", "aux {}", "des {}"),
}
_EPICENE = frozenset({"ministre", "vice-ministre", "sous-ministre", "commissaire", "maire", "secrétaire", "responsable"})
_OWN_ARTICLE = re.compile(r"(le|la|les)\s+(?=\S)|l['’](?=\w)", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")
_VOWEL = re.compile(r"[aeiouyhàâäéèêëîïôöùûü]", re.IGNORECASE)


def person_noun(name: str | None, lang: str) -> Noun:
    """A person; « une personne non nommée » without a name."""
    name = name or translator(lang).gettext(N_("a person not named"))
    if lang != "fr":
        return Noun.of_forms(name, f"to {name}", f"of {name}")
    return Noun.of_forms(name, f"à {name}", f"d’{name}" if begins_with_vowel(name) else f"de {name}")


def body_noun(name: str | None, lang: str) -> Noun:
    """A body or an assembly. In French with the article of its first word; a name whose gender cannot be told
    (« CSN », « District 5 ») stands beside « l’instance »."""
    if name is None:
        return person_noun(translator(lang).gettext(N_("an unknown body")), lang)
    if lang != "fr":
        return Noun.of_forms(name, f"to {name}", f"of {name}")
    article, rest = _parted(name)
    plain, to, of = (form.format(rest) for form in _CONTRACTED[article])
    return Noun.of_forms(plain, to, of, name)


def case_noun(ref: str | None, lang: str) -> Noun:
    """A case by its REF; « un autre dossier » without one."""
    if ref is None:
        return person_noun(translator(lang).gettext(N_("another case")), lang)
    if lang != "fr":
        return Noun.of_forms(f"case {ref}", f"to case {ref}", f"of case {ref}", ref)
    plain, to, of = (form.format(f"dossier {ref}") for form in _CONTRACTED["le"])
    return Noun.of_forms(plain, to, of, ref)


def thread_noun(ref: str | None, lang: str) -> Noun:
    """A thread with an office by its REF; « une autre démarche » without one."""
    if ref is None:
        return person_noun(translator(lang).gettext(N_("another thread")), lang)
    number = ref.removeprefix("demarche:")
    if lang != "fr":
        return Noun.of_forms(f"thread {number}", f"to thread {number}", f"of thread {number}", ref)
    plain, to, of = (form.format(f"démarche {number}") for form in _CONTRACTED["la"])
    return Noun.of_forms(plain, to, of, ref)


def subject_noun(ref: str | None, lang: str) -> Noun:
    """A case or a thread, by its REF."""
    return (thread_noun if ref and ref.startswith("demarche:") else case_noun)(ref, lang)


def office_noun(name: str | None, lang: str) -> Noun:
    """An office, whoever holds it: « la ou le ministre du Travail »."""
    if name is None:
        return person_noun(translator(lang).gettext(N_("an office not named")), lang)
    if lang != "fr":
        return Noun.of_forms(f"the {name}", f"to the {name}", f"of the {name}", name)
    if name.split()[0] not in _EPICENE:
        return body_noun(name, lang)
    return Noun.of_forms(f"la ou le {name}", f"à la ou au {name}", f"de la ou du {name}", name)


def begins_with_vowel(name: str) -> bool:
    """Whether « le » and « de » lose their vowel before it."""
    return _VOWEL.match(name) is not None


def _parted(name: str) -> tuple[str, str]:
    """The article and what follows it."""
    if own := _OWN_ARTICLE.match(name):
        return (own[1] or "l’").lower(), name[own.end() :]
    first = _WORD.match(name)
    article = _ARTICLES.get(first[0].casefold()) if first else None
    return (article, name) if article else ("l’", f"instance {name}")
