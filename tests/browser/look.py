"""`python -m tests.browser.look PATH... --out DIR`: pictures of pages of the demonstration, as a browser shows them.

The first call takes some seconds, the next ones little: the servers stay (`tests.browser.kept`; `--end` ends them)."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import DESK, NARROW, PHONE, chromium, context_of
from tests.browser.kept import end, web
from tests.browser.people import ROLES, link

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def asked(args: list[str] | None = None) -> argparse.Namespace:
    """What is to be seen, and how."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.look", description=__doc__)
    parser.add_argument("paths", nargs="*", metavar="PATH", default=["/"])
    parser.add_argument("--out", type=Path, help="the folder of the pictures")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--phone", action="store_true", help="390 pixels wide")
    parser.add_argument("--narrow", action="store_true", help="320 pixels wide")
    parser.add_argument("--zoom", type=int, default=100, help="200: twice as large")
    parser.add_argument("--print", action="store_true", dest="paper", help="the pages as they are printed")
    parser.add_argument("--every", action="store_true", help="light, dark, phone, narrow and printed, all at once")
    parser.add_argument("--lang", choices=("fr", "en"), default="fr")
    parser.add_argument("--role", choices=tuple(ROLES), default="secretary")
    parser.add_argument("--at", default="2024-09-18", metavar="DAY", help="the day it is there; today: real time")
    parser.add_argument("--no-js", action="store_true", dest="bare")
    parser.add_argument("--screen", action="store_true", help="what is seen at once, not the whole page")
    parser.add_argument("--click", action="append", default=[], metavar="LOCATOR", help="then click on it, e.g. 'text=Filtrer'")
    parser.add_argument("--press", action="append", default=[], metavar="KEY", help="then press it, e.g. Control+k")
    parser.add_argument("--over", nargs="*", metavar="FILE",
                        help="the last commit with these files of the checkout, for when others are in the midst of theirs")
    parser.add_argument("--end", action="store_true", help="end the servers that are kept")
    return parser.parse_args(args)


def variants(given: argparse.Namespace) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """(a word for the file's name, how it is looked at, whether it is printed)."""
    more: dict[str, Any] = {"lang": given.lang, "zoom": given.zoom, "scripts": not given.bare}
    sizes = {"": DESK} | ({"phone": PHONE} if given.phone or given.every else {})
    sizes |= {"narrow": NARROW} if given.narrow or given.every else {}
    if (given.phone or given.narrow) and not given.every:
        del sizes[""]
    lights = (False, True) if given.every else (given.dark,)
    if not given.paper:
        for (name, size), dark in product(sizes.items(), lights):
            yield "-".join(filter(None, (name, "dark" if dark else ""))), context_of(size=size, dark=dark, **more), False
    if given.paper or given.every:
        yield "print", context_of(**more), True


def take(browser: Browser, url: str, entry: str, given: argparse.Namespace) -> None:
    """The pictures of every path, of every variant; a single session."""
    state: Any = None
    for word, how, paper in variants(given):
        with browser.new_context(**how, storage_state=state) as context:
            if state is None:
                context.new_page().goto(url + entry)
                state = context.storage_state()
            for path in given.paths:
                _picture(context, url, path, word, paper, given)


def _picture(context: BrowserContext, url: str, path: str, word: str, paper: bool, given: argparse.Namespace) -> None:
    page = context.new_page()
    page.on("console", lambda said: print(f"   console {said.type}: {said.text}", file=sys.stderr))
    page.on("pageerror", lambda error: print(f"   script: {error}", file=sys.stderr))
    answer = page.goto(url + _localized(path, given.lang))
    _act(page, given)
    file = given.out / ("-".join(filter(None, (_slug(path), word, given.lang if given.lang != "fr" else ""))) + ".png")
    notes = [f"{answer.status}"] if answer and answer.status >= 400 else []
    if paper:
        _print(page, file)
    else:
        page.screenshot(path=file, full_page=not given.screen)
        if not given.bare and (more := page.evaluate(SIDEWAYS)):
            notes.append(f"{more} pixels too wide")
    print(file, *notes)
    page.close()


def _act(page: Page, given: argparse.Namespace) -> None:
    for locator in given.click:
        page.locator(locator).first.click()
    for key in given.press:
        page.keyboard.press(key)
    if given.click or given.press:
        page.wait_for_load_state("networkidle")


def _print(page: Page, file: Path) -> None:
    """The printed pages, each a picture, if pdftoppm is here; the PDF beside."""
    sheet = file.with_suffix(".pdf")
    page.pdf(path=sheet, format="Letter", prefer_css_page_size=True)
    subprocess.run(["pdftoppm", "-png", "-r", "70", sheet, file.with_suffix("")], check=False)


def _localized(path: str, lang: str) -> str:
    return path if lang == "fr" else f"{path}{'&' if '?' in path else '?'}lang={lang}"


def _slug(path: str) -> str:
    return re.sub(r"[^\w.-]+", "-", path).strip("-") or "home"


def main() -> None:
    given = asked()
    if given.end:
        end()
        return
    if not given.out:
        raise SystemExit("--out DIR: the folder of the pictures")
    given.out.mkdir(parents=True, exist_ok=True)
    with web(given.at, given.over) as (url, urls), chromium() as browser:
        take(browser, url, link(urls, given.role), given)


if __name__ == "__main__":
    main()
