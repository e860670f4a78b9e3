"""Annual reports: board, letters of advocacy, publications, alliances, activities, fundings."""

from __future__ import annotations

import textwrap
from random import Random
from typing import Any

from bench.variants.draft import Draft
from bench.variants.invented.vocabulary import THINGS, TOPICS, Words

EMPTY: dict[str, Any] = {"agm_resolutions": (), "acronyms": (), "team": (), "committees": ()}
ALLIES = ("COALITION DES GENS DU FLEUVE", "RÉSEAU DES CUISINES SOLIDAIRES (RCS)", "TABLE DE CONCERTATION SUR LE LOGEMENT",
          "LIGUE DES TRANSPORTS PUBLICS", "COLLECTIF POUR L’EAU (CPE)")  # fmt: skip
ACTIVITIES = ("le collectif a présenté {thing}", "le collectif a participé à un atelier sur {topic}")
OUTLETS = ("Le Courrier du Nord", "La Gazette des sections", "Le Phare", "L’Écho des rives")


def invent(random: Random, _language: str) -> Draft:
    """In French: a section after the other, each with its entries."""
    words, year = Words(random, "fr"), random.randrange(2017, 2025)
    roles = ("présidente", "vice-président", "trésorière", None, None, None)
    board = [
        {"name": words.name(), "organisation": f"SECT-{at}", "role": role, "executive": bool(role)}
        for at, role in enumerate(roles, 1)
    ]
    letters = [_letter(words, year) for _ in range(4)]
    activities = [_dated(words, year, ACTIVITIES) for _ in range(5)]
    publications = [_publication(words, year) for _ in range(4)]
    allies = random.sample(ALLIES, 3)
    amounts = random.sample((12000, 7500, 45000, 3200, 90000), 2)
    education = {"title": "ÉDUCATION", "activities": [{"date_edtf": edtf} for _, edtf in activities], "kiosks": []}
    infrastructure = {"title": "INFRASTRUCTURES", "funding": [{"amount": one} for one in amounts]}
    facts = EMPTY | {
        "figures": [{"value": one, "unit": "CAD"} for one in amounts],
        "board": board,
        "advocacy_letters": [one for _, one in letters],
        "alliances": [{"name": one, "relation": "membre"} for one in allies],
        "publications": [one for _, one in publications],
        "sections": [education, {"title": "SOLIDARITÉ", "countries": []}, infrastructure],
    }
    said = [[words_of for words_of, _ in of] for of in (activities, letters, publications)]
    blocks = (
        f"RAPPORT ANNUEL {year}-{year + 1}",
        "",
        words.organisation(),
        "",
        *_sections(random, board, said, allies, amounts),
    )
    return Draft("invented-annual-fr", "annual", facts, blocks, False, "fr")


def _sections(
    random: Random, board: list[dict[str, Any]], said: list[list[str]], allies: list[str], amounts: list[int]
) -> list[str]:
    bullet, end = random.choice("•-"), random.choice((" ;", ";", "."))
    activities, letters, publications = (_wrapped([f"{bullet} {one}{end}" for one in of]) for of in said)
    ours = _wrapped(["Le collectif est membre de ce regroupement et participe à ses rencontres."])
    sums = [f"{one:,} $".replace(",", " ") for one in amounts]
    return [
        "CONSEIL D’ADMINISTRATION", "", "COMITÉ EXÉCUTIF :",
        *(f"{one['name']}, {one['organisation']}, {one['role']}" for one in board[:3]),
        "", "ADMINISTRATRICES ET ADMINISTRATEURS :", *(f"{one['name']}, {one['organisation']}" for one in board[3:]),
        "", "ÉDUCATION", "", "AUTRES ACTIVITÉS D’ÉDUCATION", "", *activities,
        "", "PLAIDOYER", "", "Lettres de plaidoyer :", "", *letters,
        "", "COMMUNICATIONS", "", "Les publications écrites sont les suivantes :", "", *publications,
        "", "ALLIANCES", "", *(line for ally in allies for line in (ally, *ours, "")),
        "INFRASTRUCTURES", "", "FINANCEMENT", "",
        *_wrapped([f"{bullet} Une subvention de {one} a été accordée par le fonds régional." for one in sums]),
    ]  # fmt: skip


def _wrapped(lines: list[str]) -> list[str]:
    return [part for line in lines for part in textwrap.wrap(line, 52)]


def _dated(words: Words, year: int, forms: tuple[str, ...]) -> tuple[str, str]:
    day, edtf = words.day(year)
    form = words.random.choice(forms)
    topic, thing = words.random.choice(TOPICS["fr"]), words.random.choice(THINGS["fr"])
    return f"Le {day}, {form.format(topic=f'« {topic} »', thing=thing)}", edtf


def _letter(words: Words, year: int) -> tuple[str, dict[str, Any]]:
    kind, form = words.random.choice((
        ("letter", "lettre au gouvernement du Québec demandant {thing}"),
        ("letter", "lettre au ministère des Transports sur {topic}"),
        ("collective_letter", "signature d’une lettre collective sur {topic}"),
        ("congratulations", "lettre de félicitations au syndicat des traversiers pour {thing}"),
    ))  # fmt: skip
    said, edtf = _dated(words, year, (form,))
    to = [] if kind == "collective_letter" else ["…"]
    return said, {"date": edtf, "kind": kind, "to": to, "cosigners": []}


def _publication(words: Words, year: int) -> tuple[str, dict[str, Any]]:
    day, edtf = words.day(year)
    title, outlet = words.random.choice(TOPICS["fr"]), words.random.choice(OUTLETS)
    return f"{outlet}, « {title} », {day}", {"date": edtf, "title": title, "outlets": [outlet]}
