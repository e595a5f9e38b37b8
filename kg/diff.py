"""What changed from one build to another: claims added, gone and changed; and an RDF patch.

In: two builds. Out: the lines that only one of them has, merged from their sorted quads in one
pass; the `Change`s of claims, told in words; and the patch in the RDF Patch format
(https://afs.github.io/rdf-patch/), whose two ends are the builds' addresses. A claim keeps its
address while document, place, type and what it is about stay the same: a better reading of its
other slots is a change, not another claim.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg.answers import called
from kg.quads import parsed
from kg.stores.oxigraph import opened, read_quads
from kg.vocabulary import RDF_TYPE, RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.stores import Build

UNTOLD = frozenset(
    {RDF_TYPE}
    | {f"{RG}{name}" for name in ("inItem", "evidence", "reports", "claimType", "triggerStart", "triggerEnd")}
)
"""Properties of a claim that its address stands for, that lead to what is told anyway, or that only
point at words of the quote."""
EXACT = "http://www.w3.org/ns/oa#exact"
SELECTOR = "http://www.w3.org/ns/oa#hasSelector"
LONGEST_QUOTE = 160


@dataclass(frozen=True)
class Change:
    """A claim that only one build has, or that both have and tell differently."""

    kind: str
    """added, gone or changed."""
    claim: str
    item: str
    """FILE#N."""
    what: str
    """Type, country, claimant and status in words."""
    quote: str
    slots: tuple[str, ...] = ()
    """For a changed claim: each property with its value before and now."""


@dataclass
class Difference:
    """What changed, as numbers and as changes of claims."""

    changes: list[Change] = field(default_factory=list)
    documents_added: list[str] = field(default_factory=list)
    documents_gone: list[str] = field(default_factory=list)
    added: int = 0
    """Quads that only the new build has."""
    gone: int = 0

    def count(self, kind: str) -> int:
        """Number of claims added, gone or changed."""
        return sum(change.kind == kind for change in self.changes)


def changed_lines(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """The lines of two sorted streams that only one has: ('D', line) of the old, ('A', line) of the new."""
    before, after = iter(old), iter(new)
    one, other = next(before, None), next(after, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one < other):
            yield "D", one or b""
            one = next(before, None)
        elif one is None or other < one:
            yield "A", other
            other = next(after, None)
        else:
            one, other = next(before, None), next(after, None)


def write_patch(old: Build, new: Build, out: BinaryIO) -> None:
    """An RDF patch that makes the new build out of the old one."""
    out.write(
        f"H id <{new.base}build/{new.id[:16]}> .\nH prev <{old.base}build/{old.id[:16]}> .\nTX .\n".encode()
    )
    with read_quads(old.quads) as before, read_quads(new.quads) as after:
        out.writelines(sign.encode() + b" " + line for sign, line in changed_lines(before, after))
    out.write(b"TC .\n")


def difference(old: Build, new: Build) -> Difference:
    """What changed from the old build to the new one, claim by claim."""
    found = Difference()
    touched: dict[str, dict[str, list[bytes]]] = defaultdict(lambda: {"D": [], "A": []})
    key = re.compile(rf"<(?:{re.escape(old.base)}|{re.escape(new.base)})[a-z-]+/([0-9a-f]{{16}})> ".encode())
    inferred = f" <{new.base}graph/inferred> .\n".encode()
    with read_quads(old.quads) as before, read_quads(new.quads) as after:
        for sign, line in changed_lines(before, after):
            if sign == "A":
                found.added += 1
            else:
                found.gone += 1
            match = key.match(line)
            if match and not line.endswith(inferred):
                touched[match[1].decode()][sign].append(line)
    stores = {"D": opened(old), "A": opened(new)}
    for ident, lines in sorted(touched.items()):
        found.changes += _change(ident, lines, old, new, stores)
    had, has = _documents(touched, "D"), _documents(touched, "A")
    found.documents_added, found.documents_gone = sorted(has - had), sorted(had - has)
    found.changes = _without_moved(sorted(found.changes, key=lambda c: (c.kind, c.item, c.what, c.claim)))
    return found


def _without_moved(changes: list[Change]) -> list[Change]:
    """The changes without pairs of a claim gone and one added that say the same of the same item.

    A document whose text was corrected has another hash, and all its claims another address.
    """
    kinds: dict[tuple[str, str, str], dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        kinds[change.item, change.what, change.quote][change.kind].append(change)
    moved: set[Change] = set()
    for same in kinds.values():
        for gone, added in zip(same["gone"], same["added"], strict=False):
            moved |= {gone, added}
    return [change for change in changes if change not in moved]


def _documents(touched: dict[str, dict[str, list[bytes]]], sign: str) -> set[str]:
    lines = [line for part in touched.values() for line in part[sign] if b"/terms/identifier> " in line]
    return {str(getattr(quad.object, "value", "")) for quad in parsed(lines)}


def _change(
    ident: str, lines: dict[str, list[bytes]], old: Build, new: Build, stores: dict[str, ox.Store]
) -> Iterator[Change]:
    """The change of a claim; nothing where the key is no claim's."""
    before, after = (ox.NamedNode(f"{build.base}claim/{ident}") for build in (old, new))
    was, now = _is_claim(stores["D"], before), _is_claim(stores["A"], after)
    if not was and not now:
        return
    store, claim = (stores["A"], after) if now else (stores["D"], before)
    kind = "changed" if was and now else "added" if now else "gone"
    slots = tuple(_slots(lines, stores)) if kind == "changed" else ()
    yield Change(kind, claim.value, *told(store, claim), slots)


def _is_claim(store: ox.Store, claim: ox.NamedNode) -> bool:
    return any(store.quads_for_pattern(claim, ox.NamedNode(f"{RG}inItem"), None))


def told(store: ox.Store, claim: ox.NamedNode) -> tuple[str, str, str]:
    """Item, words and quote of a claim."""

    def values(subject: ox.NamedNode, name: str) -> list[ox.NamedNode | ox.Literal]:
        predicate = ox.NamedNode(name if ":" in name else RG + name)
        found = [q.object for q in store.quads_for_pattern(subject, predicate, None)]
        return sorted((t for t in found if isinstance(t, ox.NamedNode | ox.Literal)), key=str)

    def text(subject: ox.NamedNode, name: str) -> str:
        term = next(iter(values(subject, name)), None)
        return "" if term is None else called(store, term) if isinstance(term, ox.NamedNode) else term.value

    reported = [t for t in values(claim, "reports") if isinstance(t, ox.NamedNode)]
    country = next(filter(None, (text(thing, "inCountry") for thing in (*reported, claim))), "")
    what = ", ".join(filter(None, (text(claim, "claimType"), country)))
    said = f"{what} ({text(claim, 'status')}, {text(claim, 'claimantName') or 'nobody named'})"
    quote = ""
    for evidence in values(claim, "evidence"):
        for selector in values(evidence, SELECTOR) if isinstance(evidence, ox.NamedNode) else ():
            quote = quote or (text(selector, EXACT) if isinstance(selector, ox.NamedNode) else "")
    quote = " ".join(quote.split())
    short = quote if len(quote) <= LONGEST_QUOTE else f"{quote[: LONGEST_QUOTE - 1]}\u2026"
    return text(claim, "inItem"), said, short


def _slots(lines: dict[str, list[bytes]], stores: dict[str, ox.Store]) -> Iterator[str]:
    """Each property of a changed claim, or of what it reports, before and now."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"D": [], "A": []})
    for sign, some in lines.items():
        for quad in parsed(some):
            term = quad.object
            if quad.predicate.value not in UNTOLD:
                told_now = called(stores[sign], term) if isinstance(term, ox.NamedNode) else _text(term)
                values[called(stores["A"], quad.predicate)][sign].append(told_now)
    for name, both in sorted(values.items()):
        yield f"{name}: {', '.join(both['D']) or 'nothing'} -> {', '.join(both['A']) or 'nothing'}"


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def in_words(found: Difference) -> Iterator[str]:
    """The difference as lines for people."""
    for kind, names in (("new", found.documents_added), ("gone", found.documents_gone)):
        if names:
            yield f"Documents {kind}: {', '.join(names)}"
    for kind in ("added", "gone", "changed"):
        changes = [change for change in found.changes if change.kind == kind]
        if changes:
            yield f"Claims {kind}: {len(changes)}"
        for change in changes:
            yield f"  {change.item}: {change.what}"
            yield f"    \u201c{change.quote}\u201d"
            yield from (f"    {slot}" for slot in change.slots)
    yield f"{found.added} quads added, {found.gone} gone"
