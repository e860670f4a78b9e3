"""Registers of resolutions: a row each, with sponsor, decision, response and status."""

from __future__ import annotations

from random import Random

from bench.variants.draft import Draft, Grid
from bench.variants.invented.vocabulary import Words

HEADS = {
    "fr": ("No", "Titre", "Parrain", "Décision", "Réponse", "Statut"),
    "en": ("No.", "Title", "Sponsor", "Decision", "Response", "Status"),
}
TITLES = {"fr": "Registre des résolutions, assemblée annuelle", "en": "Register of resolutions, annual meeting"}
DECISIONS = {
    "fr": (("Adoptée", "adopted"), ("Adoptée à l'unanimité", "adopted"), ("Rejetée", "defeated"), ("Retirée", "withdrawn"),
           ("Référée au conseil", "referred")),
    "en": (("Carried", "adopted"), ("Adopted", "adopted"), ("Defeated", "defeated"), ("Withdrawn", "withdrawn"),
           ("Referred to the executive", "referred")),
}  # fmt: skip
STATUSES = {
    "fr": (("Réalisée", "done"), ("En cours", "in_progress"), ("En attente d'une réponse", "blocked"), 
           ("Non réalisée", "not_done")),
    "en": (("Complete", "done"), ("In progress", "in_progress"), ("Awaiting a response", "blocked"), ("Not done", "not_done")),
}  # fmt: skip
RESPONSES = {
    "fr": ("Le ministère a accusé réception de la demande.", "Le gouvernement examine la proposition.", "", ""),
    "en": ("The ministry acknowledged the request.", "The province is reviewing the proposal.", "", ""),
}


def invent(random: Random, language: str) -> Draft:
    """A dozen rows, numbered simply or with the year."""
    words, year = Words(random, language), random.randrange(2015, 2025)
    form = random.choice(("{}", f"{year}-{{:02}}", "B{}"))
    rows, facts = [HEADS[language]], list[dict[str, str | None]]()
    for number, title in enumerate(words.topics(12), 1):
        said, decision = random.choice(DECISIONS[language])
        status, state = random.choice(STATUSES[language]) if decision == "adopted" else ("", None)
        sponsor = (
            f"Section locale {random.randrange(10, 99)}"
            if language == "fr"
            else f"Village of {random.choice(('Bay', 'Oak', 'Elm'))}"
        )
        rows.append(
            (form.format(number), title, sponsor, said, random.choice(RESPONSES[language]) if state else "", status)
        )
        facts.append(
            {"number": form.format(number), "title": title, "sponsor": sponsor, "decision": decision, "state": state}
        )
    heading = f"{TITLES[language]} {year}"
    name = f"invented-register-{language}"
    return Draft(
        name, "register", {"rows": facts}, (words.organisation(), "", heading, "", Grid(tuple(rows))), True, language
    )
