"""What dresses the pages: no rule that nothing wears, no name of a class that two files dress, each its own way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tests.house.sources import ROOT

WEB = ROOT / "web"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = r"[^{}]*\{(?:[^{}]|\{[^{}]*\})*\}"
NARROWED = re.compile(rf"@(?:media|supports|container)[^{{]*\{{(?:{RULE})*[^{{}}]*\}}")
SELECTORS = re.compile(r"([^{};]+)\{")
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
WORD = re.compile(r"[A-Za-z][\w-]*")
WORN = {
    "html": re.compile(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"|\{[{%](.*?)[}%]\}', re.DOTALL),
    "py": re.compile(r'"([^"\n]*)"'),
    "js": re.compile(r"""['"`]([^'"`\n]*)['"`]"""),
    "yaml": re.compile(r"^ *(\w+):", re.MULTILINE),  # a state is the name of its mark
}


def rules(whole: bool = True) -> Iterator[tuple[str, str]]:
    """Each selector of the style sheets, with its file; `whole`: also those for paper or a narrow screen."""
    for path in sorted((WEB / "styles").glob("*.css")):
        text = COMMENT.sub("", path.read_text())
        for selectors in SELECTORS.findall(text if whole else NARROWED.sub("", text)):
            if not selectors.strip().startswith("@"):
                yield from ((path.name, " ".join(each.split())) for each in re.split(r",(?![^(]*\))", selectors))


def worn() -> set[str]:
    """The words that a page may have as a class: in its template, its script, its figures."""
    found: set[str] = set()
    for path in [*WEB.rglob("*"), *(ROOT / "workflows" / "definitions").iterdir()]:
        if pattern := WORN.get(path.suffix[1:]):
            found.update(word for match in pattern.findall(path.read_text()) for word in WORD.findall("".join(match)))
    return found


def test_every_class_that_is_dressed_is_worn() -> None:
    words = worn()
    assert len(words) > 500
    assert not {f"{file}: {selector}" for file, selector in rules() if set(CLASS.findall(selector)) - words}


def test_a_class_alone_is_dressed_in_one_file() -> None:
    """Another file says whose it means: `.board .title`, not `.title`."""
    files = defaultdict(set)
    for file, selector in rules(whole=False):
        if CLASS.fullmatch(selector):
            files[selector].add(file)
    assert files[".problems"]
    assert not {selector: sorted(names) for selector, names in files.items() if len(names) > 1}
