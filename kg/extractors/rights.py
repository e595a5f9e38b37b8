"""Rights and freedoms that an item names or plainly discusses.

In: a reading and the lexicon of the rights. Out: one claim a right, its evidence the place
that says it best. A name counts by itself; words that only touch on a right count together:
the chance that none of them means it falls with each further sign (noisy or). Measured on
records of two readers: deriving rights from violation types alone gives F1 0.57, since a
single arrest in a long text doesn't make liberty its theme; a regression over eight features
of the signs, left one document out, was no better than this sum (0.84 against 0.85).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import BlockKind, Claim, RightNamed, Span
from kg.text.cues import Sighted
from kg.text.lexicon import lexicon
from kg.text.phrases import child, children
from kg.text.told import violations_told
from kg.vocabulary import RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.text.cues import CueIndex
    from kg.vocabulary import Vocabulary

NAMING = 0.6
"""Weight from which a single match counts: the words name the right."""
THEME_SHORT, THEME_LONG = 0.4, 0.7
"""How sure the touching words must be together, in items of up to SHORT and from LONG words on."""
SHORT, LONG = 250, 1500
TITLE_FACTOR = 1.6
WEAK, REPEATED = 0.3, 2
"""Weight below which a word is weak, and in how many sentences it counts."""
WORDLESS = 0.6
"""What violations of a right count that the text never speaks of."""
TOLD, UNTOLD = 0.3, 0.08
"""Weight of a violation of the right that the item reports, and of one that it fears, denies or forbids."""
TOPICS = frozenset({BlockKind.TITLE, BlockKind.HEADER})
"""Blocks that tell what the item is about: there, a mandate's name tells its right."""
MASKING = frozenset(
    {"CivilSocietyOrganisation", "Company", "Event", "Instrument", "IntergovernmentalBody", "Mechanism"}
    | {"MediaOutlet", "PoliticalParty", "StateBody"}
)
"""Classes of entities whose names say a right without discussing it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A place that speaks of a right."""

    right: str
    weight: float
    span: Span
    sentence: int
    said: str = ""
    """The words of a cue; empty where a violation tells the right."""


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The rights of an item, in the order of the vocabulary."""
    signs: dict[str, list[Sign]] = defaultdict(list)
    for sentence in reading.sentences:
        if sentence.block.kind not in (
            BlockKind.SIGNATORY,
            BlockKind.BOILERPLATE,
            BlockKind.RATING,
            BlockKind.BYLINE,
        ):
            for sign in signs_in(sentence, reading, vocabulary):
                signs[sign.right].append(sign)
    for sign in signs_of_violations(reading, vocabulary):
        signs[sign.right].append(sign)
    words = sum(len(s.tokens) for s in reading.sentences)
    for right in sorted(signs):
        weight = strength(signs[right])
        if weight >= threshold(words) or any(s.weight >= NAMING for s in signs[right]):
            best = max(signs[right], key=lambda s: (s.weight, -s.span.start))
            yield Claim(
                RightNamed(right),
                best.span,
                confidence=round(min(0.97, max(weight, best.weight)), 2),
                found_by="right-named" if best.weight >= NAMING else "right-discussed",
            )


def strength(signs: list[Sign]) -> float:
    """The chance that at least one of the signs means the right.

    Of a sentence the strongest sign counts, and the next cue in other words; a weak word counts
    in two sentences; violations alone say less than words do.
    """
    by_sentence: dict[int, list[Sign]] = defaultdict(list)
    for sign in _unrepeated(signs):
        by_sentence[sign.sentence].append(sign)
    none = 1.0
    for told in by_sentence.values():
        told.sort(key=lambda s: (-s.weight, s.span.start))
        other = next(
            (s for s in told[1:] if s.said not in ("", told[0].said) and not s.span.meets(told[0].span)), None
        )
        none *= (1 - told[0].weight) * (1 - (other.weight if other else 0.0))
    return (1 - none) * (1.0 if any(s.said for s in signs) else WORDLESS)


def _unrepeated(signs: list[Sign]) -> Iterator[Sign]:
    """The signs without those weak words that were said in two sentences before."""
    places: dict[str, set[int]] = defaultdict(set)
    for sign in sorted(signs, key=lambda s: (s.sentence, s.span.start)):
        word = sign.said.rstrip("s")
        if (
            not sign.said
            or sign.weight >= WEAK
            or sign.sentence in places[word]
            or len(places[word]) < REPEATED
        ):
            places[word].add(sign.sentence)
            yield sign


def threshold(words: int) -> float:
    """How sure signs must be together: a long text touches on more than it discusses."""
    share = min(1.0, max(0.0, (words - SHORT) / (LONG - SHORT)))
    return THEME_SHORT + share * (THEME_LONG - THEME_SHORT)


def signs_in(sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Iterator[Sign]:
    """The places of a sentence that speak of a right."""
    masks = () if sentence.block.kind in TOPICS else _masks(sentence, reading)
    factor = TITLE_FACTOR if sentence.block.kind in TOPICS else 1.0
    for match in _index(vocabulary).find(Sighted(sentence.tokens)):
        span = sentence.source(sentence.tokens.doc[match.start : match.end])
        if not any(m.holds(span) for m in masks):
            said = sentence.tokens.doc[match.start : match.end].text.casefold()
            weight = min(0.95, match.cue.weight * factor)
            yield Sign(_noted(vocabulary)[match.cue.term], weight, span, sentence.index, said)
    for right, noun in _shared(sentence, vocabulary):
        span = sentence.source(noun)
        if not any(m.holds(span) for m in masks):
            yield Sign(right, 0.8, span, sentence.index, noun.lower_)


def signs_of_violations(reading: Reading, vocabulary: Vocabulary) -> Iterator[Sign]:
    """The rights that the violations of an item violate: each a weak sign that they are a theme."""
    for told in violations_told(reading, vocabulary):
        weight = TOLD if told.status.reported else UNTOLD
        for right in vocabulary.required(RG + told.about.type, RG + "violates"):
            yield Sign(_noted(vocabulary)[right.removeprefix(RG)], weight, told.trigger, told.sentence)


def _masks(sentence: Sentence, reading: Reading) -> tuple[Span, ...]:
    return tuple(m.span for m in reading.within(sentence.span) if reading.entity[m.entity].type in MASKING)


@lru_cache(maxsize=4)
def _noted(vocabulary: Vocabulary) -> Mapping[str, str]:
    """The right as which each right is noted: a narrower one counts for the one that it is part of."""
    return {t.id: vocabulary.value(t.iri, SKOS + "notation") or t.id for t in vocabulary.rights}


@lru_cache(maxsize=4)
def _index(vocabulary: Vocabulary) -> CueIndex:
    return lexicon(vocabulary).index(vocabulary.rights)


# ---------------------------------------------------------------- 'freedoms of A, B and C'

_SHORT_NAME = 2
_HEADS = {"freedom": "freedom", "right": "right", "liberty": "freedom"}


@lru_cache(maxsize=4)
def _objects(vocabulary: Vocabulary) -> Mapping[tuple[str, str], str]:
    """What a right or freedom is to, of or from: ('freedom', 'assembly') -> its id.

    Names of one word after the preposition come first: 'freedom of artistic expression' must
    not take 'expression' away from the freedom of that name.
    """
    found: dict[tuple[str, str], str] = {}
    for long in (False, True):
        for term in vocabulary.rights:
            for name in term.names:
                head, _, rest = name.casefold().partition(" ")
                words = rest.split()
                if head not in _HEADS or words[:1] not in (["to"], ["of"], ["from"]) or len(words) == 1:
                    continue
                if (len(words) > _SHORT_NAME) is long and (
                    not long or term.id == _noted(vocabulary)[term.id]
                ):
                    found.setdefault((head, words[-1]), _noted(vocabulary)[term.id])
    return found


def _shared(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[tuple[str, Token]]:
    """Rights in coordination under one head: 'rights to association, assembly and expression'."""
    objects = _objects(vocabulary)
    for token in sentence.tokens:
        head = _HEADS.get(token.lemma_.lower())
        if head is None:
            continue
        for prep in children(token, "prep"):
            first = child(prep, "pobj")
            if first is None or prep.lower_ not in ("to", "of", "from"):
                continue
            for noun in _chain(first):
                right = next(
                    (
                        objects[h, noun.lemma_.lower()]
                        for h in (head, *_HEADS)
                        if (h, noun.lemma_.lower()) in objects
                    ),
                    None,
                )
                if right is not None:
                    yield right, noun


def _chain(noun: Token) -> Iterator[Token]:
    yield noun
    for other in children(noun, "conj", "appos"):
        yield from _chain(other)
