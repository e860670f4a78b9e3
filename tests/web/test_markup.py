"""What assistive technology and browsers rely on, for every kind of page, in both languages; and texts that attack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

from services import accounts, tokens
from services.mail.reaction import react
from tests.homes import secretary
from tests.web.browser import Browser, Element, Reader, Sheet, entered
from tests.web.desk import Town

NAMED = ("input", "select", "textarea")
SCRIPTS = ("alert(1)", "javascript:alert(1)", "{{7*7}}", "{% raw %}")
WRAPPED = (
    "<script>{}</script>", "<img src=x onerror={}>", '"><svg onload={}>', "'><b onclick={}>", "</title><script>{}</script>",
    '" autofocus onfocus="{}', "</td></tr></table><script>{}</script>", "<a href=\"{}\">x</a>", "<iframe srcdoc='{}'>",
    "<style>@import '{}'</style>", "<base href={}>", "&lt;script&gt;{}", "\u2028<script>{}</script>", "<!--{}-->",
)  # fmt: skip
FORMS = {"code", "pre", "select", "option", "label", "form", "input", "button"}
PAYLOADS = [wrapped.format(script) for wrapped in WRAPPED for script in SCRIPTS]


@pytest.fixture
def busy(place: Town) -> Town:
    """Cases in every kind of condition, so that every block of every page is there."""
    place.do("person:ana", "set-address", mail="ana@example.org")
    place.do("17", "refer", body="Comité du vélo", due="2099-09")
    place.do("17", "assign", owner="person:ana")
    place.do("17", "set-due", due="2024-06-26")
    place.do("17", "add-task", text="Compter les vélos", due="2099-03")
    place.do("17", "wait", on="la Ville", since="2024", condition="le budget")
    place.do("17", "reword", text="Que la Ville prête des vélos.\n\nEt des casques.")
    place.do("17", "block", on="la Ville", reason="aucune réponse", occurred="2024-02-01")
    place.do("17", "note", text="Une erreur")
    place.do("17", "retract", event=_last(place), reason="autre dossier")
    place.do("6", "complete", part="6", completion="temporary", residuals=["un parc"])
    place.do("assembly:2024", "create", name="Annuelle 2024", date="2024-05-11")
    place.do("2024:1", "adopt", title="Des bancs publics")
    react(place.home.store)
    return place


def _last(place: Town) -> str:
    return str(place.ana.items("/cases/17/history")[-1]["position"])


PAGES = ("/dossiers", "/dossiers?query=rien", "/dossiers?as_of=2024-01-01", "/dossiers/2023:17", "/dossiers/2023:5",
         "/dossiers/2023:17?as_of=2024-01-01", "/envois", "/boite", "/geste?lien=x", "/etat", "/dossiers/2023:99",
         "/entrer?lien=x", "/rien")  # fmt: skip


def pages(browser: Browser) -> Iterator[tuple[str, Sheet]]:
    for path in PAGES:
        for lang in ("fr", "en"):
            yield f"{path} {lang}", Sheet(browser.ask(path, lang))


def test_what_every_page_holds_to(busy: Town) -> None:
    checks = (check_frame, check_headings, check_ids, check_fields, check_links, check_tables, check_pictures)
    for name, sheet in pages(entered(busy)):
        for check in checks:
            assert not (found := list(check(sheet.root))), (name, check.__name__, found)


def check_frame(root: Element) -> Iterator[str]:
    """One language, one title, one main that the first link leads to."""
    html, skip = root.one("html"), root.one("body").all("a")[0]
    if html.attributes.get("lang") not in ("fr-CA", "en-CA") or not root.one("head").one("title").text:
        yield "language or title"
    if skip.attributes["href"] != "#" + root.one("main").attributes["id"]:
        yield "the first link does not skip to the content"
    if [each.tag for each in root.one("body").all("header", "main", "footer")] != ["header", "main", "footer"]:
        yield "landmarks"
    labels = Counter(nav.attributes.get("aria-label") for nav in root.all("nav"))
    if None in labels or max(labels.values(), default=1) > 1:
        yield f"navigations {labels}"
    if 'content="width=device-width, initial-scale=1"' not in "".join(
        f'content="{meta.attributes.get("content")}"' for meta in root.all("meta")
    ):
        yield "zoom"


def check_headings(root: Element) -> Iterator[str]:
    """One h1, first; no level is skipped; none is empty."""
    levels = [int(heading.tag[1]) for heading in root.all("h1", "h2", "h3", "h4")]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"h1: {levels}"
    if any(later > earlier + 1 for earlier, later in pairwise(levels)):
        yield f"order: {levels}"
    if any(not heading.text for heading in root.all("h1", "h2", "h3")):
        yield "an empty heading"


def check_ids(root: Element) -> Iterator[str]:
    """Ids are unique, and what refers to one finds it."""
    ids = Counter(each.attributes["id"] for each in root.all() if "id" in each.attributes)
    yield from (id for id, n in ids.items() if n > 1 or " " in id)
    for each in root.all():
        for name in ("for", "aria-labelledby", "aria-describedby"):
            yield from (f"{name}={id}" for id in each.attributes.get(name, "").split() if id not in ids)
        href = each.attributes.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield href


def check_fields(root: Element) -> Iterator[str]:
    """Each field in sight has a label that says something; a form that acts bears the token of its session."""
    labels = {label.attributes.get("for"): label.text for label in root.all("label")}
    within = [field for label in root.all("label") if label.text for field in label.all(*NAMED)]
    for field in root.all(*NAMED):
        named = labels.get(field.attributes.get("id", "")) or field.attributes.get("aria-label")
        if field.attributes.get("type") != "hidden" and not named and not any(field is one for one in within):
            yield str(field.attributes)
    acting = (form for form in root.all("form") if form.attributes["method"] != "get" and root.all("details", class_="account"))
    yield from (form.attributes["action"] for form in acting if not form.all("input", name="jeton"))
    buttons = (button for button in root.all("button") if not button.attributes.get("aria-label"))
    yield from ("a button without words" for button in buttons if not button.text)


def check_links(root: Element) -> Iterator[str]:
    """Links say where they lead, and stay here."""
    for link in root.all("a"):
        if not link.text:
            yield f"no words: {link.attributes}"
        if not link.attributes["href"].startswith(("/", "#")) or link.attributes["href"].startswith("//"):
            yield link.attributes["href"]


def check_tables(root: Element) -> Iterator[str]:
    """A caption, heads with their scope, rows as long as the heads."""
    for table in root.all("table"):
        if not table.one("caption").text:
            yield "no caption"
        yield from (head.text for head in table.all("th") if "scope" not in head.attributes and head.text)
        width = len(table.one("thead").all("th"))
        for row in table.one("tbody").all("tr") if len(table.all("tbody")) == 1 else []:
            if len(row.all("th", "td")) != width:
                yield row.text


def check_pictures(root: Element) -> Iterator[str]:
    """Drawings are passed over by who listens, words stand beside them; or they are one picture with a title."""
    told = [svg for svg in root.all("svg") if svg.attributes.get("aria-hidden") != "true"]
    yield from (str(svg.attributes) for svg in told if svg.attributes.get("role") != "img" or not svg.all("title"))
    for state in root.all(class_="state"):
        if not state.one(class_="word").text:
            yield "a state by its colour alone"


def test_the_checks_see_what_is_wrong() -> None:
    """The planted twin of each check."""
    wrong = ('<html lang="fr"><head><title></title><meta></head><body><a href="#x"></a><nav></nav><main id="c"><h2>a</h2>'
             '<h4></h4><p id="a"></p><p id="a"></p><input type="text"><form method="post" action="/x"><button></button>'
             '</form><table><caption></caption><thead><tr><th>a</th></tr></thead><tbody><tr></tr></tbody></table><svg></svg>'
             '<span class="state"><span class="word"></span></span></main></body></html>')  # fmt: skip
    reader = _read(wrong)
    for check in (check_frame, check_headings, check_ids, check_fields, check_links, check_tables, check_pictures):
        assert list(check(reader)), check.__name__


def _read(text: str) -> Element:
    reader = Reader()
    reader.feed(text)
    return reader.root


def test_texts_that_attack_are_only_text(place: Town) -> None:
    titles = {str(100 + i): text for i, text in enumerate(PAYLOADS[:28])}
    place.do("2023:100", "adopt", numbers=list(titles), titles=titles, text="\n\n".join(PAYLOADS))
    place.do("17", "refer", body=PAYLOADS[0])
    for text in PAYLOADS[28:]:
        place.do("17", "note", text=text)
    place.do("17", "add-task", text=PAYLOADS[5])
    place.do("17", "wait", on=PAYLOADS[1], condition=PAYLOADS[9])
    accounts.add(place.home.store, secretary(place.home), "mallory", ["officer"], name=PAYLOADS[2])
    place.home.catch_up()
    place.do("17", "assign", owner="person:" + _key(place, PAYLOADS[2]))
    place.do("5", "start", part="5", occurred="2023-06-26")
    ana = entered(place)
    plain = {tag for sheet in (ana.read("/dossiers"), ana.read("/dossiers/5")) for tag in _tags(sheet)}
    for path in ("/dossiers", "/dossiers/100", "/dossiers/17"):
        sheet = ana.read(path)
        assert _tags(sheet) <= plain | {"dl", "ol", "span", "h3"}
        assert not [each.attributes for each in sheet.root.all() if any(name.startswith("on") for name in each.attributes)]
        assert "49" not in sheet.root.one("h1").text
    assert PAYLOADS[0] in ana.read("/dossiers").root.raw
    for text in PAYLOADS[:: len(SCRIPTS)]:
        for name in ("query", "lang", "state", "owner", "after", "as_of", "known_at"):
            answer = ana.ask("/dossiers", **{name: text})
            assert answer.status_code < 500 and _tags(Sheet(answer)) <= plain | FORMS
    assert len(PAYLOADS) >= 50


def _tags(sheet: Sheet) -> set[str]:
    return {each.tag for each in sheet.root.all()}


def _key(place: Town, name: str) -> str:
    return next(row["ref"] for row in place.ana.items("/people") if row["name"] == name).removeprefix("person:")


def test_a_link_that_attacks_is_only_refused(place: Town) -> None:
    browser = Browser(place.nobody)
    for text in PAYLOADS[:: len(SCRIPTS)]:
        answer = browser.ask("/entrer", lien=text)
        assert answer.status_code == 403 and text not in answer.text
    assert tokens.redeem(place.home.store, PAYLOADS[0]) is None
