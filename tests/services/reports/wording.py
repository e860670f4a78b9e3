"""Words as people write them, and as nobody should: titles and paragraphs that a page can take for something else."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    "La", "direction", "l’eau", "d'un", "délégué·e·s", "travailleur.euse.s", "représentant(e)s", "« d’accès »", "–", "—", "-",
    "(2e", "partie)", ":", ";", ",", "et/ou", "1er", "no", "nº", "12", "2024", "100 %", "art. 3.1", "Québec", "À", "Œuvre",
    "M.", "A.", "&", "<b>", "*", "•", "résolution", "RÉSOLUTION 7", "Suivi des résolutions", "(suite)", "{{ titre }}", "#",
    "=1+1", "+", "@", "“oui”", "?", "!", "…", "N’est-ce", "o", "a)", "3)", "^{er}", "Au Québec :", "page 3", "’", "\\n", "&amp;",
)  # fmt: skip
ALONE = ("**", "12", "– –", "Page 2 de 4", "RÉSOLUTION 3", "Résolutions 4 et 5 : titre", "En cours", "oui", "Table des matières")


def phrases(most: int = 9) -> st.SearchStrategy[str]:
    """Pieces in a row, of which one at least is a word."""
    joined = st.lists(st.sampled_from(PIECES), min_size=1, max_size=most).map(" ".join)
    return joined.filter(lambda text: any(each.isalpha() for each in text))


def paragraphs() -> st.SearchStrategy[str]:
    """A line that stands by itself: a sentence, an item, a word alone."""
    item = phrases().map(lambda text: f"- {text};")
    return st.one_of(phrases(14).map(lambda text: f"{text}."), phrases(14), item, st.sampled_from(ALONE))
