"""Mentions -> claims: the same event or pattern told twice in an item becomes one claim.

In: the mentions of an item, in order. Out: one `Claim` a distinct event, its best evidence
kept. Two mentions of one type, or of a type and one that it is a kind of, are one event where
country, date, count, status and participants agree or one of them is silent; the narrower type
stands. What a title says is the event that the text tells.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import WORLD, Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.model import Status, Violation
    from kg.text.mentions import ViolationMention


MANY = 3
"""From this number on, two mentions that count alike count the same people."""
NEAR = 2
"""How many sentences apart two mentions may stand to be one though one of them names nobody."""


def joined(found: Sequence[ViolationMention], broader: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    """The claims of an item, one an event; `broader` holds the classes above each class."""
    groups: list[list[tuple[int, ViolationMention]]] = []
    for place, mention in sorted(enumerate(found), key=lambda m: m[1].titled):
        home = next((g for g in groups if all(_same(mention, m, broader) for _, m in g)), None)
        if home is None:
            groups.append([(place, mention)])
        else:
            home.append((place, mention))
    for group in sorted(groups, key=lambda g: min(at for at, _ in g)):
        yield _claim([mention for _, mention in group], broader)


def _same(a: ViolationMention, b: ViolationMention, broader: Mapping[str, frozenset[str]]) -> bool:
    """True where two mentions can be of one event: nothing that they tell disagrees."""
    x, y = a.about, b.about
    if not _is_kind(x.type, y.type, broader) or not _are_alike(a.status, b.status):
        return False
    if not _agree(x.country, y.country, WORLD) or not _dates_agree(x.date, y.date):
        return False
    if not _agree(x.count, y.count, None) or _is_one_of_many(x, y) or _is_one_of_many(y, x):
        return False
    if a.titled != b.titled:
        return not _are_two(x.victim_key, y.victim_key)
    if a.sentence == b.sentence and a.trigger != b.trigger:
        return _names_agree(x.victim, y.victim)
    return _tells_the_same(a, b)


def _are_alike(a: Status, b: Status) -> bool:
    """True where two mentions say alike whether it happened."""
    return a is b or (a.reported and b.reported)


def _is_kind(a: str, b: str, broader: Mapping[str, frozenset[str]]) -> bool:
    """True for a class and itself, or one below it."""
    return a == b or a in broader.get(b, ()) or b in broader.get(a, ())


def _tells_the_same(a: ViolationMention, b: ViolationMention) -> bool:
    """True where two sentences tell of the same people, or one of them tells nothing of its own."""
    x, y = a.about, b.about
    if x.count is not None and x.count == y.count and x.count >= MANY:
        return True
    if x.victim is not None and y.victim is not None:
        return _names_agree(x.victim, y.victim)
    if abs(a.sentence - b.sentence) <= NEAR:
        return True
    return not _tells(x) or not _tells(y)


def _is_one_of_many(one: Violation, many: Violation) -> bool:
    """True for the case of a named person beside a number of cases: one of them, not all."""
    named = one.count is None and _is_person(one.victim_key)
    return named and many.count is not None and many.count > 1 and many.victim_key != one.victim_key


def _is_person(key: str | None) -> bool:
    """True for the key of a named person."""
    return key is not None and key.startswith("person-")


def _are_two(a: str | None, b: str | None) -> bool:
    """True for the keys of two different persons."""
    return a != b and _is_person(a) and _is_person(b)


def _tells(about: Violation) -> bool:
    """True where a mention names who did it to whom, or when."""
    return any(slot is not None for slot in (about.victim, about.perpetrator, about.date, about.count))


def _agree(a: object, b: object, silent: object) -> bool:
    return a == b or silent in (a, b)


def _dates_agree(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a.startswith(b) or b.startswith(a)


def _names_agree(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return True
    return not set(_words(a)).isdisjoint(_words(b))


def _claim(group: Sequence[ViolationMention], broader: Mapping[str, frozenset[str]]) -> Claim:
    best = max(group, key=lambda m: (not m.titled, _filled(m.about), m.confidence, -m.sentence))
    narrowest = max((m.about.type for m in group), key=lambda kind: len(broader.get(kind, ())))
    about = replace(best.about, type=narrowest)
    for other in group:
        about = _completed(about, _lent(other, best))
    return Claim(
        about=about, evidence=best.evidence, status=best.status, claimant=best.attribution.claimant,
        claimant_key=best.attribution.key, via=best.attribution.via, confidence=best.confidence,
        found_by="violation-cue" if best.cue else "violation-model", withheld=_withheld(group, about),
        trigger=best.trigger,
    )  # fmt: skip


def _withheld(group: Sequence[ViolationMention], about: Violation) -> tuple[str, ...]:
    """The slots that name a person whom no mention was sure enough of to link."""
    linked = {"victim": about.victim_key, "perpetrator": about.perpetrator_key}
    return tuple(s for s, key in linked.items() if key is None and any(s in m.withheld for m in group))


def _filled(about: Violation) -> int:
    return sum(x is not None for x in (about.victim, about.perpetrator, about.date, about.count))


def _lent(other: ViolationMention, best: ViolationMention) -> Violation:
    """What a mention tells the others: never a person who did it, nor who a title says did."""
    about = other.about
    person = _is_person(about.perpetrator_key) or "perpetrator" in other.withheld
    return replace(about, perpetrator=None) if other is not best and (person or other.titled) else about


def _is_told_of(other: Violation, about: Violation) -> bool:
    """True where who did it may be taken from another mention: nobody to whom it was done."""
    if other.perpetrator is None:
        return False
    return about.victim is None or not set(_words(other.perpetrator)) & set(_words(about.victim))


def _words(name: str) -> list[str]:
    return [w for word in name.casefold().split() if (w := word.rstrip(",")) not in ("and", "or")]


def _completed(about: Violation, other: Violation) -> Violation:
    """What one mention leaves open and another tells."""
    if about.country == WORLD and other.country != WORLD:
        about = replace(about, country=other.country)
    if about.victim is None and other.victim is not None:
        about = replace(about, victim=other.victim, victim_key=other.victim_key)
    if about.perpetrator is None and _is_told_of(other, about):
        about = replace(about, perpetrator=other.perpetrator, perpetrator_key=other.perpetrator_key)
    if about.country == other.country and about.place is None:
        about = replace(about, place=other.place)
    return replace(
        about, date=about.date or other.date, count=about.count if about.count is not None else other.count
    )
