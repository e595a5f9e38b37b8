"""Where things have their pages, and what they are called there.

Every address of the data, BASE + path, has its page at /page/ + path; terms of the ontology
have theirs at /ontology/NAME.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from flask import request

from kg.vocabulary import RG
from kg.web.pages.language import language
from kg.web.pages.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping


def page(iri: str) -> str:
    """The address of a thing's page; empty for a thing of others."""
    base = snapshot().base
    if iri.startswith(base):
        path = iri.removeprefix(base)
        kind, _, rest = path.partition("/")
        if kind == "evidence" and rest.count("/") == 1:
            key, _, span = rest.partition("/")
            return f"/page/document/{key}#e-{span}"
        if kind == "document" and "/item/" in rest:
            key, _, item = rest.partition("/item/")
            return f"/page/document/{key}#item-{item}"
        return f"/page/{quote(path, safe='/%-_.~')}"
    if iri.startswith(RG):
        return f"/ontology/{quote(iri.removeprefix(RG))}"
    return ""


def label(iri: str) -> str:
    """What a thing is called in the reader's language."""
    return snapshot().label(iri, language())


def facts(**chosen: str) -> str:
    """The address of a list of claims."""
    return f"/facts?{urlencode(chosen)}" if chosen else "/facts"


def here(**changed: str) -> str:
    """The address of this page with some parameters changed; an empty value takes one away."""
    kept: Mapping[str, list[str]] = request.args.to_dict(flat=False)
    pairs = [(k, v) for k, values in kept.items() if k not in changed for v in values]
    pairs += [(k, v) for k, v in changed.items() if v]
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path
