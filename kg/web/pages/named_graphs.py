"""The page of a named graph: on to the document that it holds, or a look into a graph of the build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template

from kg.errors import NotFoundError
from kg.web.describing import known
from kg.web.pages.asking import ask, node, service

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("named_graphs", __name__)


@blueprint.get("/page/graph/<key>")
def named_graph(key: str) -> Response | str:
    """A named graph. Raises NotFoundError where there is none."""
    if known(service(), node(f"document/{key}").value):
        return redirect(f"/page/document/{key}", 303)
    this = node(f"graph/{key}")
    statements = ask("graph-statements", graph=[this])
    if not statements:
        raise NotFoundError("no such graph", where=key, mend="Search leads to what there is.")
    return render_template("named-graph.html", key=key, iri=this.value, statements=statements)
