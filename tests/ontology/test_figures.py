"""The figures in the documentation are those of the ontology."""

from __future__ import annotations

import re
from pathlib import Path

from kg.release.figures import table
from kg.vocabulary import ontology_folder

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


def test_the_table_of_figures_is_true():
    shown = re.search(
        r"<!-- figures -->\n(.*?)\n<!-- /figures -->", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    assert shown
    assert shown[1] == table(ontology_folder()), "write the table anew: kg.release.figures.table"
