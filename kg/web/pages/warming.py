"""What pages keep at hand, made before the first reader asks: `warm` runs at start and after a swap.

In: the app. Out: nothing but what stands ready then: the snapshot with the counts of every facet,
the names that search finds, the map, the rules of derivations, and the answers to the
questions of the front page as they stand without parameters. The others are left to who asks
them: a store of millions of triples would be busy with them for a minute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import RightsGraphError
from kg.web.pages import argument, ask, charts, home
from kg.web.pages.asking import service
from kg.web.pages.language import NAMES

if TYPE_CHECKING:
    from flask import Flask


def warm(app: Flask) -> None:
    """Make what every page needs, then the answers; readers meanwhile are served before it."""
    with app.test_request_context("/"):
        try:
            charts.land()
            home.ready(NAMES)
            argument.ready()
        except RightsGraphError:
            return  # the pages themselves tell what is wrong
        for asked in home.chosen():
            if service().closing:
                return
            try:
                ask.answered(service().version, asked.bound({}, service().graph_iri))
            except RightsGraphError:
                continue  # too much for one answer: its page says so
