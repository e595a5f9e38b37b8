"""What search engines read in the head of a page: schema.org, as JSON-LD.

In: the request. Out: what the page is about, as `kg.schema_org` tells it; nothing for lists, for
people, and for what isn't found. The block is data, which the pages' content security policy
lets stand: nothing in it runs.
"""

from __future__ import annotations

from typing import Any

from flask import request

from kg import schema_org
from kg.web.handles import store_of
from kg.web.pages.asking import ask, node, service


def markup() -> dict[str, Any]:
    """The JSON value for this page's head; empty where there is nothing to tell."""
    arguments = request.view_args or {}
    build = service().build
    match request.endpoint:
        case "pages.home.home":
            return schema_org.dataset(build, store_of(build), f"{service().options.address}/")
        case "pages.things.claim":
            return schema_org.claim(store_of(build), node(f"claim/{arguments['key']}"))
        case "pages.documents.document":
            path = f"document/{arguments['key']}"
            numbers = sorted({int(row["number"]) for row in ask("outline", document=[node(path)])})
            items = [schema_org.item(store_of(build), node(f"{path}/item/{n}")) for n in numbers]
            told = [{k: v for k, v in item.items() if k != "@context"} for item in items if item]
            return {"@context": schema_org.CONTEXT, "@graph": told} if told else {}
    return {}
