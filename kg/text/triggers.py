"""The words of a sentence that say a violation: matches of cues that count.

In: a sentence made ready for matching, and the lexicon. Out: `Match`es, one a place and type.
Names of bodies, laws and campaigns mask the triggers within them; counter-cues take a type
away; the longest match wins over those that it holds; where a class and one below it say the
same words, the narrower is meant; coordinated triggers of one type ('arrested and detained')
are one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import BlockKind, Span
from kg.text import syntax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Reading, Sentence
    from kg.text.cues import Match, Sighted
    from kg.text.lexicon import Lexicon

UNMASKED = frozenset({"Person", "Country", "Place", "StateGroup"})
"""Entities whose names don't swallow triggers."""
BESIDE = 4
"""How many words apart coordinated triggers of one type may stand to be one."""


def triggers(reading: Reading, sentence: Sentence, sighted: Sighted, lex: Lexicon) -> list[Match]:
    """The matches of a sentence that count, in the order of the text."""
    found = lex.types.find(sighted)
    if not found:
        return []
    counters = lex.masks.find(sighted)
    masks = masked(reading, sentence)
    found = [m for m in found if not countered(m, counters, lex) and not in_name(m, sentence, masks)]
    found = _refined(found, lex)
    return _coordinated([m for m in found if not any(_beats(o, m) for o in found)])


def masked(reading: Reading, sentence: Sentence) -> list[Span]:
    """The names of a sentence in which words are no triggers."""
    return [m.span for m in reading.within(sentence.span) if reading.entity[m.entity].type not in UNMASKED]


def in_name(match: Match, sentence: Sentence, masks: Sequence[Span]) -> bool:
    """True where the match lies in a name: one that was recognised, or words capitalised as in one."""
    here = sentence.source(match.anchor)
    return any(mask.holds(here) for mask in masks) or _is_capitalised(match, sentence)


def _is_capitalised(match: Match, sentence: Sentence) -> bool:
    """True for words written like a name within running text: 'the Observatory on Arbitrary Arrests'."""
    if sentence.block.kind is BlockKind.TITLE:
        return False
    doc, first = sentence.tokens.doc, sentence.tokens.start
    words = [doc[i] for i in match.tokens if doc[i].is_alpha and doc[i].pos_ != "ADP"]
    if not words or any(not w.is_title for w in words) or all(w.i == first for w in words):
        return False
    written = [t for t in sentence.tokens if t.is_alpha and t.pos_ in ("NOUN", "VERB", "ADJ")]
    return 2 * sum(t.is_title or t.is_upper for t in written) < len(written) or len(written) < BESIDE


def countered(match: Match, counters: Sequence[Match], lex: Lexicon) -> bool:
    """True where a counter-cue of the class, or of one above it, lies at the same words."""
    classes = {match.cue.term, *lex.broader.get(match.cue.term, ())}
    return any(c.cue.term in classes and _meets(c, match) for c in counters)


def _refined(found: Sequence[Match], lex: Lexicon) -> list[Match]:
    """Matches of a class and of one below it at the same words, as one match of the narrower."""
    kept: list[Match] = []
    replaced: set[tuple[str, tuple[int, ...]]] = set()
    for match in found:
        above = [o for o in found if o.cue.term in lex.broader[match.cue.term] and _meets(o, match)]
        replaced |= {(o.cue.term, o.tokens) for o in above}
        if above:
            best = max(above, key=lambda m: (not m.cue.label, m.cue.weight, len(m.tokens)))
            match = replace(best, cue=replace(best.cue, term=match.cue.term))  # noqa: PLW2901 - the match, refined
        kept.append(match)
    return [m for m in kept if (m.cue.term, m.tokens) not in replaced]


def _meets(a: Match, b: Match) -> bool:
    return not set(a.tokens).isdisjoint(b.tokens)


def _beats(other: Match, match: Match) -> bool:
    """True where another match makes this one superfluous."""
    if other is match:
        return False
    a, b = set(other.tokens), set(match.tokens)
    if other.cue.term == match.cue.term:
        if other.anchor.i != match.anchor.i and not a & b:
            return False
        return (other.cue.weight, len(a), -other.start) > (match.cue.weight, len(b), -match.start)
    return b < a and other.cue.weight >= match.cue.weight


def _coordinated(found: Sequence[Match]) -> list[Match]:
    """One match for coordinated triggers of one type."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.start, m.end, m.cue.term)):
        first = syntax.first_conjunct(match.anchor)
        if not any(
            k.cue.term == match.cue.term
            and syntax.first_conjunct(k.anchor) == first
            and abs(k.start - match.start) < BESIDE
            for k in kept
        ):
            kept.append(match)
    return kept
