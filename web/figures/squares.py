"""Who answers: the outcomes one under the other, a square for each thread; and office by office, over the years.

Both are tables drawn as figures: what is seen is what is heard, and their twin is themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from projections.phrases.catalogue import N_
from web.figures.drawing import element
from web.rendering import Page


@dataclass(frozen=True)
class Thread:
    """A thread: its office, its numbers, where it leads; `here`: of the office that the page is about."""

    office: str
    numbers: str = ""
    href: str | None = None
    here: bool = False


@dataclass(frozen=True)
class Outcome:
    """An outcome in words, its mark, and the threads that came to it."""

    word: str
    mark: Markup
    threads: Sequence[Thread]


@dataclass(frozen=True)
class Answers:
    """The outcomes, in the order in which they are shown."""

    title: str
    outcomes: Sequence[Outcome]


@dataclass(frozen=True)
class Year:
    """The threads of a year: how many were answered, how many not, of how many it is too soon to say."""

    year: str
    answered: int
    silent: int
    young: int = 0


@dataclass(frozen=True)
class Office:
    """An office and its years."""

    name: str
    years: Sequence[Year]
    href: str | None = None
    here: bool = False


@dataclass(frozen=True)
class Years:
    """Which offices answered, year by year."""

    title: str
    offices: Sequence[Office]


def answers(shown: Answers, page: Page) -> Markup:
    """The outcomes by row; those without a thread are left out."""
    rows = [_outcome(each) for each in shown.outcomes if each.threads]
    heads = (page.say(N_("What came of it")), page.say(N_("Number of threads")), page.say(N_("Offices")))
    head = element("tr", *(element("th", escape(text), scope="col") for text in heads))
    caption = element("caption", escape(shown.title), class_="apart")
    table = element("table", caption, element("thead", head, class_="apart"), element("tbody", *rows))
    return element("figure", table, class_="figure answers")


def _outcome(shown: Outcome) -> Markup:
    squares = element("ul", *(element("li", escape(shown.mark), _name(thread)) for thread in shown.threads))
    return element(
        "tr", element("th", escape(shown.word), scope="row"), element("td", str(len(shown.threads)), class_="n"),
        element("td", squares),
    )  # fmt: skip


def _name(thread: Thread) -> Markup:
    said = f"{thread.office} · {thread.numbers}" if thread.numbers else thread.office
    kind = "this-office" if thread.here else None
    if thread.href:
        return element("a", escape(said), href=thread.href, class_=kind)
    return element("span", escape(said), class_=kind)


def years(shown: Years, page: Page) -> Markup:
    """Offices by row, years by column, a square for each thread: full where it was answered."""
    columns = sorted({year.year for office in shown.offices for year in office.years})
    heads = [page.say(N_("Office or ministry")), *columns]
    head = element("tr", *(element("th", escape(text), scope="col") for text in heads))
    rows = [_office(page, office, columns) for office in shown.offices]
    caption = element("caption", escape(shown.title), class_="apart")
    table = element("table", caption, element("thead", head), element("tbody", *rows))
    note = page.say(N_("Full: answered. Empty: no answer. Dotted: too soon to say."))
    box = element("div", table, class_="scroll")
    return element("figure", box, element("figcaption", element("p", escape(note), class_="second")), class_="figure years")


def _office(page: Page, office: Office, columns: Sequence[str]) -> Markup:
    told = {year.year: year for year in office.years}
    cells = (_year(page, told[column]) if column in told else element("td", "–") for column in columns)
    return element("tr", element("th", _name(Thread(office.name, "", office.href, office.here)), scope="row"), *cells)


def _year(page: Page, year: Year) -> Markup:
    squares = [("full", year.answered), ("empty", year.silent), ("dotted", year.young)]
    each = (Markup('<i class="{}"></i>').format(kind) for kind, n in squares for _ in range(n))
    drawn = element("span", *each, class_="squares", aria_hidden="true")
    asked = year.answered + year.silent
    said = page.say(N_("{answered} of {asked}"), answered=year.answered, asked=asked) if asked else ""
    if year.young:
        young = page.count(N_("{n} too recent"), "{n} too recent", year.young)
        said = ", ".join(filter(None, (said, young)))
    return element("td", drawn, element("span", escape(said), class_="second"))
