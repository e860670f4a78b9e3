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
OUTLETS = ("Le Courrier du Nord", "La Gazette des sections", "Le Phare", "L’Écho des rives")


def invent(random: Random, language: str) -> Draft:
    """In French: a section after the other, each with its entries."""
    words, year = Words(random, "fr"), random.randrange(2017, 2025)
    roles = ("présidente", "vice-président", "trésorière", None, None, None)
    board: list[dict[str, Any]] = [{"name": words.name(), "organisation": f"SECT-{at}", "role": role, "executive": bool(role)}
             for at, role in enumerate(roles, 1)]  # fmt: skip
    letters = [_letter(words, year) for _ in range(4)]
    activities = [_dated(words, year, ("le collectif a présenté {thing}", "le collectif a participé à un atelier sur {topic}"))
                  for _ in range(5)]  # fmt: skip
    publications = [_publication(words, year) for _ in range(4)]
    allies = random.sample(ALLIES, 3)
    amounts = random.sample((12000, 7500, 45000, 3200, 90000), 2)
    facts = EMPTY | {
        "figures": [{"value": one, "unit": "CAD"} for one in amounts],
        "board": board, "advocacy_letters": [one for _, one in letters], 
        "alliances": [{"name": one, "relation": "membre"} for one in allies],
        "publications": [one for _, one in publications],
        "sections": [{"title": "ÉDUCATION", "activities": [{"date_edtf": one} for _, one in activities], "kiosks": []},
                     {"title": "SOLIDARITÉ", "countries": []},
                     {"title": "INFRASTRUCTURES", "funding": [{"amount": one} for one in amounts]}],
    }  # fmt: skip
    bullet, end = random.choice("•-"), random.choice((" ;", ";", "."))
    made = [
        f"RAPPORT ANNUEL {year}-{year + 1}",
        "",
        words.organisation(),
        "",
        "CONSEIL D’ADMINISTRATION",
        "",
        "COMITÉ EXÉCUTIF :",
    ]
    made += [f"{one['name']}, {one['organisation']}, {one['role']}" for one in board[:3]]
    made += ["", "ADMINISTRATRICES ET ADMINISTRATEURS :"] + [
        f"{one['name']}, {one['organisation']}" for one in board[3:]
    ]
    made += ["", "ÉDUCATION", "", "AUTRES ACTIVITÉS D’ÉDUCATION", ""]
    made += _wrapped([f"{bullet} {said}." for said, _ in activities])
    made += ["", "PLAIDOYER", "", "Lettres de plaidoyer :", ""]
    made += _wrapped([f"{bullet} {said}{end}" for said, _ in letters])
    made += ["", "COMMUNICATIONS", "", "Les publications écrites sont les suivantes :", ""]
    made += _wrapped([f"{bullet} {said}{end}" for said, _ in publications])
    made += ["", "ALLIANCES", ""]
    for ally in allies:
        made += [
            ally,
            *_wrapped(["Le collectif est membre de ce regroupement et participe à ses rencontres."]),
            "",
        ]
    made += ["INFRASTRUCTURES", "", "FINANCEMENT", ""]
    made += _wrapped(
        [
            f"{bullet} Une subvention de {one:,} $ a été accordée par le fonds régional.".replace(",", " ")
            for one in amounts
        ],
    )
    return Draft(f"invented-annual-{language}", "annual", facts, tuple(made), False, "fr")


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
