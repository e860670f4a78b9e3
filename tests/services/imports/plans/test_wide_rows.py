"""A row wider than the others does not part a table from its headings."""

from __future__ import annotations

from domain.plan.nodes import walk
from services.imports.documents.reading import read_document
from services.imports.plans.grammar import read_plan

PAGE = """Plan d'action 2020-2023

BUTS\tOBJECTIFS\tACTIONS\tÉCHÉANCE

1 : LES QUAIS\t\t\t
1.1 Entretenir les quais\t1.1.1 Peindre les bornes\ta. Achat de peinture;\ta. Mai 2021
\t1.1.2 Réparer les planches\ta. Relevé des planches;\ta. Juin 2021
\t\t1.1.3 Graisser les treuils\ta. Achat de graisse;\ta. Juillet 2021
"""


def test_a_table_with_a_wide_row_goes_on_with_the_headings_above_it() -> None:
    plan = read_plan(read_document("plan.txt", PAGE.encode()))
    found = [node.number for node in walk(plan.nodes) if node.kind == "objective"]
    assert found[:2] == ["1.1.1", "1.1.2"]
    assert not any(each.severity == "error" for each in plan.problems)
