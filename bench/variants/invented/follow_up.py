"""Follow-up reports: a heading with a number, a title, paragraphs."""

from __future__ import annotations

import textwrap
from random import Random
from typing import Any

from bench.variants.draft import Draft
from bench.variants.invented.vocabulary import Words

TOLD: dict[str, dict[str, tuple[tuple[str, str | None], ...]]] = {
    "fr": {
        "done": (
            ("Le guide demandé a été publié le {day} et remis à toutes les sections.", "occurred"),
            ("La modification souhaitée a été adoptée par l’assemblée le {day}. Le mandat est réalisé.", "occurred"),
        ),
        "in_progress": (
            ("Un comité de travail a été formé le {day}. Ses travaux se poursuivent.", "occurred"),
            ("Une analyse est en cours de rédaction et sera déposée au conseil le {later}.", "target"),
            ("Nous avons rencontré la direction régionale le {day}. Les discussions se poursuivent.", "occurred"),
        ),
        "blocked": (
            ("Une lettre a été envoyée au ministère le {day}. Malgré plusieurs rappels, nous n’avons reçu aucune réponse.",
             "occurred"),
        ),
        "not_done": (("Faute de ressources, cette résolution n’a pas été réalisée.", None),),
        "referred": (("La résolution a été transmise à la centrale le {day}, à qui revient la décision.", "occurred"),),
    },
    "en": {
        "done": (
            ("The guide was published on {day} and sent to all locals.", "occurred"),
            ("The requested change was adopted by the assembly on {day}. The mandate is complete.", "occurred"),
        ),
        "in_progress": (
            ("A working committee was formed on {day}. Its work is ongoing.", "occurred"),
            ("A study is being drafted and will be tabled with the council on {later}.", "target"),
        ),
        "blocked": (
            ("A letter was sent to the minister on {day}. Despite several reminders, we have received no reply.", "occurred"),
        ),
        "not_done": (("For lack of resources, this resolution was not carried out.", None),),
        "referred": (("The resolution was forwarded to the federation on {day}, which will decide.", "occurred"),),
    },
}  # fmt: skip
TITLES = {
    "fr": "Suivi des résolutions de l’assemblée annuelle",
    "en": "Follow-up on the resolutions of the annual meeting",
}
OPENINGS = {
    "fr": (
        "Cette question préoccupe nos membres depuis longtemps.",
        "Le conseil en a fait une priorité de l’année.",
        "",
    ),
    "en": ("This matter has long been a concern of our members.", "The council made it a priority of the year.", ""),
}


def invent(random: Random, language: str) -> Draft:
    """A dozen cases, one of them a bundle of two or three numbers."""
    words, year = Words(random, language), random.randrange(2015, 2025)
    topics = words.topics(12)
    numbers = sorted(random.sample(range(1, 40), 12))
    cases: list[dict[str, Any]] = []
    bodies: list[str] = []
    while numbers:
        taken = [numbers.pop(0) for _ in range(min(len(numbers), random.choice((1, 1, 1, 1, 1, 2, 3))))]
        body, case = _case(words, [str(one) for one in taken], [topics.pop() for _ in taken], year)
        cases.append(case)
        bodies.append(body)
    facts = {"meta": {"as_of": f"{year + 1}-06"}, "cases": cases}
    return Draft(
        f"invented-follow-up-{language}",
        "follow-up",
        facts,
        _blocks(random, language, year, cases, bodies),
        False,
        language,
    )


def _case(words: Words, numbers: list[str], titles: list[str], year: int) -> tuple[str, dict[str, Any]]:
    random, language = words.random, words.language
    status = random.choice(("done", "done", "in_progress", "in_progress", "blocked", "not_done", "referred"))
    sentence, role = random.choice(TOLD[language][status])
    (day, day_edtf), (later, later_edtf) = words.day(year), words.day(year + 2)
    events = [{"date": later_edtf if role == "target" else day_edtf, "date_role": role}] if role else []
    body = f"{random.choice(OPENINGS[language])} {sentence.format(day=day, later=later)}".strip()
    return body, {"numbers": numbers, "title": " – ".join(titles), "titles_by_number": dict(zip(numbers, titles, strict=True)),
                  "status": status, "events": events}  # fmt: skip


def _blocks(
    random: Random, language: str, year: int, cases: list[dict[str, Any]], bodies: list[str]
) -> tuple[str, ...]:
    """In one of four layouts: capitals and title below; number and title on one line; with a sign; small letters, underlined
    by nothing."""
    form = random.randrange(4)
    word = "résolution" if language == "fr" else "resolution"
    made = [f"{TITLES[language]} {year}", ""]
    for case, body in zip(cases, bodies, strict=True):
        plural = "s" if len(case["numbers"]) > 1 else ""
        numbers, title = " – ".join(case["numbers"]), case["title"]
        said = f"{word}{plural}"
        made += {
            0: [f"{said.upper()} {numbers}", "", title],
            1: [f"{said.capitalize()} {numbers} – {title}"],
            2: [f"{said.capitalize()} {'nos' if plural else 'no'} {numbers} : {title}" if language == "fr"
                else f"{said.capitalize()} No. {numbers}: {title}"],
            3: [f"{said.capitalize()} {numbers}", title],
        }[form]  # fmt: skip
        made += ["", *textwrap.wrap(body, 88), ""]
    return tuple(made)
