"""The cue language: patterns over lemmas, parts of speech and arguments, kept in the ontology.

In: the strings of `rg:cue` and `rg:counterCue` (grammar in docs/lexicon.md) and the labels of
terms. Out: a `CueIndex` that finds all of them in a parsed sentence. The index is keyed by
the first word of each cue, so that a sentence costs one look-up a token however many cues
there are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.errors import OntologyError
from kg.text import syntax

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Span, Token

GAP = 4
"""How many words '...' may stand for."""
STEM = 3
"""Shortest beginning that a wildcard may have: 'ill*'."""
LABEL_WEIGHT = 0.7
ROLES = frozenset(
    {
        "subj",
        "obj",
        "of",
        "by",
        "for",
        "with",
        "on",
        "against",
        "from",
        "to",
        "in",
        "into",
        "as",
        "at",
        "about",
        "over",
        "under",
        "without",
        "after",
        "comp",
        "mod",
        "poss",
        "head",
        "near",
        "neg",
        "upon",
        "towards",
        "between",
        "within",
        "during",
    }
)
SLOTS = frozenset({"victim", "perpetrator", "actor", "country"})
ELEMENT = re.compile(r"(?P<optional>\??)(?P<words>[^/\s:^]+)(?:/(?P<pos>[A-Z|]+))?$")
CONSTRAINT = re.compile(r"(?P<no>-?)(?P<roles>[a-z|]+):(?P<values>\S+)$")
ASSIGNMENT = re.compile(r"(?P<slot>[a-z]+)=(?P<roles>[a-z|]+)$")
STATUS = re.compile(r"status=(?P<status>[a-z]+)$")
WEIGHT = re.compile(r"\^(?P<weight>0?\.\d+)$")


@dataclass(frozen=True, slots=True)
class Word:
    """One alternative of an element or of a constraint's value."""

    text: str
    prefix: bool = False
    exact: bool = False

    def matches(self, forms: tuple[str, ...]) -> bool:
        """True where one of a token's forms (as written first) is this word."""
        if self.prefix:
            return any(f.startswith(self.text) for f in forms)
        return self.text == forms[0] if self.exact else self.text in forms


class Words:
    """Alternatives, arranged so that a look-up doesn't grow with their number."""

    __slots__ = ("alternatives", "exact", "plain", "stems")

    def __init__(self, alternatives: Iterable[Word] = ()) -> None:
        self.alternatives = tuple(alternatives)
        self.exact = frozenset(w.text for w in self.alternatives if w.exact)
        self.plain = frozenset(w.text for w in self.alternatives if not w.exact and not w.prefix)
        self.stems = tuple(sorted({w.text for w in self.alternatives if w.prefix}))

    def __bool__(self) -> bool:
        return bool(self.alternatives)

    def match(self, forms: tuple[str, ...]) -> bool:
        """True where one of a token's forms (as written first) is among the words."""
        if forms[0] in self.exact:
            return True
        return any(f in self.plain or (self.stems and f.startswith(self.stems)) for f in forms)


@dataclass(frozen=True, slots=True)
class Element:
    """One place in the sequence of a cue; no words stand for a gap."""

    words: Words
    pos: frozenset[str] = frozenset()
    optional: bool = False

    def matches(self, token: Token, forms: tuple[str, ...]) -> bool:
        """True where the token is one of the words in one of the parts of speech."""
        return self.words.match(forms) and (not self.pos or _pos(token, self.pos))


@dataclass(frozen=True, slots=True)
class Constraint:
    """What an argument must be, or must not be."""

    roles: tuple[str, ...]
    """Any of these will do."""
    forbidden: bool
    values: tuple[tuple[Words, ...], ...]
    """Alternatives; each a list of places, one word of each of which must stand in the argument's phrase."""
    absent: bool = False
    """True where the argument may be missing."""
    entities: frozenset[str] = frozenset()
    """Entity classes that the argument may name."""


@dataclass(frozen=True)
class Cue:
    """A compiled pattern of one term."""

    term: str
    source: str
    elements: tuple[Element, ...]
    constraints: tuple[Constraint, ...] = ()
    slots: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Which roles fill victim and perpetrator, where it isn't the usual ones."""
    status: str = ""
    """The status that the words themselves give the act, without hyphens: 'asserted' where they
    presuppose it ('political prisoner'), 'reversed' where they undo it ('release')."""
    weight: float = 0.8
    """How likely the words alone report an act of this type."""
    label: bool = False
    """True for a label of the term: a cue of the same words beats it."""

    @property
    def negative(self) -> bool:
        """True where a negation is part of what the cue says: what isn't allowed, not done, not given."""
        return any("neg" in c.roles and not c.forbidden for c in self.constraints)

    @cached_property
    def required(self) -> tuple[Words, ...]:
        """Words one of each of which must stand in a sentence for the cue to match."""
        near = [c for c in self.constraints if c.roles == ("near",) and not c.forbidden]
        around = [c.values[0][0] for c in near if len(c.values) == 1 and len(c.values[0]) == 1]
        return (*(e.words for e in self.elements[1:] if e.words and not e.optional), *around)

    @property
    def openings(self) -> tuple[Word, ...]:
        """The words that a match can begin with."""
        found: list[Word] = []
        for element in self.elements:
            found += element.words.alternatives
            if not element.optional:
                break
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Match:
    """A cue found in a sentence."""

    cue: Cue
    tokens: tuple[int, ...]
    """Indices in the parse (`Token.i`), in order."""
    anchor: Token
    """The word that the others of the match hang on: its syntax decides status and slots."""

    @property
    def start(self) -> int:
        """First token, as an index into the parse."""
        return self.tokens[0]

    @property
    def end(self) -> int:
        """One past the last token."""
        return self.tokens[-1] + 1


@dataclass
class WordSets:
    """Named sets of words that cues share: '@police', '@journalist'."""

    words: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def expand(self, name: str, where: str, seen: tuple[str, ...] = ()) -> Iterator[str]:
        """The words of a set, those of sets within it included. Raises OntologyError for an unknown one."""
        if name not in self.words or name in seen:
            raise OntologyError(
                f"no word set @{name}" if name not in self.words else f"word set @{name} holds itself",
                where=where,
                mend="Word sets are the individuals of rg:WordSet in ontology/lexicon.",
            )
        for word in sorted(self.words[name]):
            if word.startswith("@"):
                yield from self.expand(word[1:], where, (*seen, name))
            else:
                yield word


def parse_cue(term: str, source: str, sets: WordSets) -> list[Cue]:
    """The cues that a string of the lexicon stands for: one more for each hyphened alternative.

    Raises OntologyError for a string that isn't of the grammar.
    """
    where = f"cue of {term}: {source!r}"
    variants: list[list[Element]] = [[]]
    constraints: list[Constraint] = []
    slots: list[tuple[str, tuple[str, ...]]] = []
    weight, status = 0.8, ""
    for part in source.split():
        if part == "...":
            variants = [[*v, Element(Words())] for v in variants]
        elif found := WEIGHT.match(part):
            weight = float(found["weight"])
        elif found := STATUS.match(part):
            status = found["status"]
        elif (found := ASSIGNMENT.match(part)) and found["slot"] in SLOTS:
            slots.append((found["slot"], tuple(found["roles"].split("|"))))
        elif (found := CONSTRAINT.match(part)) and set(found["roles"].split("|")) <= ROLES:
            constraints.append(
                _constraint(found["roles"], found["values"], sets, where, forbidden=bool(found["no"]))
            )
        elif found := ELEMENT.match(part):
            pos = frozenset((found["pos"] or "").split("|")) - {""}
            words = _words(found["words"], sets, where)
            variants = [
                [*v, *e] for v in variants for e in _elements(words, pos, optional=bool(found["optional"]))
            ]
        else:
            raise OntologyError(f"{part!r} is no part of a cue", where=where, mend="See docs/lexicon.md.")
    for elements in variants:
        _check(elements, where)
    return [Cue(term, source, tuple(v), tuple(constraints), tuple(slots), status, weight) for v in variants]


def _check(elements: list[Element], where: str) -> None:
    """Raises OntologyError for a sequence that would match nothing, or anything."""
    if all(e.optional or not e.words for e in elements):
        raise OntologyError("nothing that must stand in the text", where=where, mend="See docs/lexicon.md.")
    if not elements[0].words or not elements[-1].words:
        raise OntologyError("a gap at the edge", where=where, mend="See docs/lexicon.md.")


def _elements(words: Iterable[Word], pos: frozenset[str], *, optional: bool) -> Iterator[list[Element]]:
    """Ways to write an element: the parser splits words at hyphens, so 'self-censor*' is three tokens."""
    words = tuple(words)
    plain = [w for w in words if "-" not in w.text]
    if plain:
        yield [Element(Words(plain), pos, optional)]
    for word in words:
        if "-" in word.text:
            parts = [p for p in re.split("(-)", word.text) if p]
            last = len(parts) - 1
            yield [
                Element(Words([Word(p, word.prefix and i == last)]), optional=optional)
                for i, p in enumerate(parts)
            ]


def label_cue(term: str, label: str) -> Cue:
    """A label as a cue: its words in order, each in any inflection that the lemma tells."""
    words = re.findall(r"[\w’'-]+", label.casefold())
    pieces = [p for w in words for p in re.split(r"(-)", w) if p]
    elements = tuple(Element(Words([Word(p), *map(Word, _bases(p))])) for p in pieces)
    return Cue(term, label, elements, weight=LABEL_WEIGHT, label=True)


def _bases(word: str) -> list[str]:
    """Likely lemmas of a word of a label: 'killings' -> 'killing'."""
    bases = []
    if word.endswith("ies"):
        bases.append(word[:-3] + "y")
    if word.endswith("es"):
        bases.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        bases.append(word[:-1])
    return bases


def _words(text: str, sets: WordSets, where: str) -> Iterator[Word]:
    for word in text.split("|"):
        for plain in sets.expand(word[1:], where) if word.startswith("@") else (word,):
            exact = plain.startswith("=")
            base = plain.removeprefix("=").casefold()
            prefix = base.endswith("*")
            base = base.removesuffix("*")
            if not base or (prefix and len(base) < STEM):
                raise OntologyError(
                    f"{plain!r} is too short", where=where, mend=f"Write {STEM} letters before '*'."
                )
            yield Word(base, prefix, exact)


def _constraint(roles: str, text: str, sets: WordSets, where: str, *, forbidden: bool) -> Constraint:
    values: list[tuple[Words, ...]] = []
    single: list[Word] = []
    classes: set[str] = set()
    absent = False
    for value in text.split("|"):
        if value == "none":
            absent = True
        elif value.startswith("@") and value[1:2].isupper():
            classes.add(value[1:])
        elif "+" in value:
            values.append(tuple(Words(_words(part, sets, where)) for part in value.split("+")))
        else:
            single += _words(value, sets, where)
    if single:
        values.append((Words(single),))
    return Constraint(tuple(roles.split("|")), forbidden, tuple(values), absent, frozenset(classes))


def _pos(token: Token, wanted: frozenset[str]) -> bool:
    if token.pos_ in wanted:
        return True
    if "VERB" in wanted and syntax.is_verbal(token):
        return True
    return "NOUN" in wanted and (
        token.pos_ == "PROPN"
        or (token.tag_ == "VBG" and token.dep_ in ("pobj", "nsubj", "dobj", "nsubjpass"))
    )


def keys(token: Token) -> tuple[str, ...]:
    """The forms under which a token is looked up: as written, and its lemma."""
    lower = token.lower_.replace("’", "'")
    lemma = token.lemma_.lower().replace("’", "'")
    if token.pos_ == "PROPN" and lower.endswith("s") and len(lower) > STEM + 1:
        return (lower, lemma, lower[:-1])
    return (lower, lemma) if lemma != lower else (lower,)


NOTHING = Words()


class Sighted:
    """A sentence made ready for matching: forms, arguments and named entities of its tokens."""

    def __init__(
        self,
        tokens: Span,
        entity: Mapping[int, str] | None = None,
        refusals: Words = NOTHING,
        nobody: Words = NOTHING,
    ) -> None:
        self.tokens = list(tokens)
        self.refusals = refusals
        self.nobody = nobody
        self.offset = tokens.start
        self.entity = entity or {}
        self.keys = [keys(t) for t in self.tokens]
        self._roles: dict[int, Mapping[str, list[Token]]] = {}
        self._held: dict[int, bool] = {}

    def roles(self, token: Token) -> Mapping[str, list[Token]]:
        """The arguments of a token, found once."""
        if token.i not in self._roles:
            self._roles[token.i] = syntax.roles(token)
        return self._roles[token.i]

    def keys_of(self, token: Token) -> tuple[str, ...]:
        """The forms of a token of this sentence, or of the same parse."""
        place = token.i - self.offset
        return self.keys[place] if 0 <= place < len(self.keys) else keys(token)

    def refuses(self, token: Token) -> bool:
        """True for a word that takes away what hangs on it: 'unable', 'denial', 'without'."""
        return self.refusals.match(self.keys_of(token))

    def is_nobody(self, token: Token) -> bool:
        """True for an argument that takes the act away: 'nobody', 'none of them', 'not one'."""
        return self.nobody.match(self.keys_of(token)) or token.left_edge.lower_ == "not"

    def holds(self, words: Words) -> bool:
        """True where one of some words stands anywhere in the sentence; looked up once."""
        known = self._held.get(id(words))
        if known is None:
            found = self.all_keys
            known = not (words.plain.isdisjoint(found) and words.exact.isdisjoint(found)) or (
                bool(words.stems) and any(k.startswith(words.stems) for k in found)
            )
            self._held[id(words)] = known
        return known

    @cached_property
    def all_keys(self) -> set[str]:
        """Every form of the sentence."""
        return {k for forms in self.keys for k in forms}


class CueIndex:
    """All cues of a kind of terms, found in one pass over a sentence."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.cues = tuple(cues)
        self._by_word: dict[str, list[Cue]] = defaultdict(list)
        self._by_stem: dict[str, list[Cue]] = defaultdict(list)
        self._known: dict[tuple[str, ...], tuple[Cue, ...]] = {}
        for cue in self.cues:
            for word in cue.openings:
                where = self._by_stem if word.prefix else self._by_word
                bucket = where[word.text[:STEM] if word.prefix else word.text]
                if not bucket or bucket[-1] is not cue:
                    bucket.append(cue)

    def find(self, sentence: Sighted) -> list[Match]:
        """Every match, in the order of the text."""
        found: dict[tuple[str, tuple[int, ...]], Match] = {}
        for place, forms in enumerate(sentence.keys):
            for cue in self._candidates(forms):
                if not all(map(sentence.holds, cue.required)):
                    continue
                for tokens in _sequences(cue.elements, sentence, place):
                    anchor = anchor_of([sentence.tokens[i] for i in tokens])
                    match = Match(cue, tuple(sentence.tokens[i].i for i in tokens), anchor)
                    known = found.get((cue.term, match.tokens))
                    if (known is None or _rank(known.cue) < _rank(cue)) and satisfied(match, sentence):
                        found[cue.term, match.tokens] = match
        return list(found.values())

    def _candidates(self, forms: tuple[str, ...]) -> tuple[Cue, ...]:
        """The cues that can begin with a token of these forms."""
        known = self._known.get(forms)
        if known is None:
            found = {
                id(cue): cue
                for form in forms
                for cue in (*self._by_word.get(form, ()), *self._by_stem.get(form[:STEM], ()))
                if any(w.matches(forms) for w in cue.openings)
            }
            known = self._known[forms] = tuple(found.values())
        return known


def _rank(cue: Cue) -> tuple[bool, float]:
    return (not cue.label, cue.weight)


def _sequences(elements: tuple[Element, ...], sentence: Sighted, place: int) -> Iterator[tuple[int, ...]]:
    """Places of the words of a cue that starts here; the shortest gap wins."""
    size = len(sentence.tokens)

    def walk(rest: tuple[Element, ...], at: int, gap: int) -> tuple[int, ...] | None:
        if not rest:
            return ()
        if not rest[0].words:
            return walk(rest[1:], at, GAP)
        for i in range(at, min(at + gap + 1, size)):
            if rest[0].matches(sentence.tokens[i], sentence.keys[i]):
                tail = walk(rest[1:], i + 1, 0)
                if tail is not None:
                    return (i, *tail)
        return walk(rest[1:], at, gap) if rest[0].optional else None

    found = walk(elements, place, 0)
    if found and found[0] == place:
        yield found


def anchor_of(tokens: list[Token]) -> Token:
    """The token of a match that none of the others governs."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i not in inside or t.head == t]
    return next(
        (t for t in tops if t.pos_ in ("VERB", "NOUN", "PROPN", "ADJ", "AUX")), tops[0] if tops else tokens[0]
    )


def satisfied(match: Match, sentence: Sighted) -> bool:
    """True where the arguments of the match are what its cue wants."""
    return all(_holds(c, match, sentence) for c in match.cue.constraints)


def _holds(constraint: Constraint, match: Match, sentence: Sighted) -> bool:
    if "neg" in constraint.roles:
        if any("any" in place.plain for value in constraint.values for place in value):
            return True
        return is_refused(match, sentence) is not constraint.forbidden
    if "near" in constraint.roles:
        around = [f for i, f in enumerate(sentence.keys) if sentence.tokens[i].i not in match.tokens]
        hit = any(all(any(map(place.match, around)) for place in value) for value in constraint.values)
        return hit is not constraint.forbidden
    arguments = [t for role in constraint.roles for t in _arguments(role, match, sentence)]
    if not arguments:
        return constraint.absent or constraint.forbidden
    hit = any(_is(a, constraint, sentence) for a in arguments)
    return hit is not constraint.forbidden


def _arguments(role: str, match: Match, sentence: Sighted) -> list[Token]:
    anchor = match.anchor
    if role == "head":
        top = syntax.governor(anchor)
        return [top, top.head] if top.dep_ in ("prep", "agent") else [top] if top != anchor else []
    found = sentence.roles(anchor)
    direct = list(found.get(role, ()))
    if role == "obj" and not syntax.is_verbal(anchor):
        direct += [
            *found.get("poss", ()),
            *(t for t in found.get("mod", ()) if t.dep_ in ("compound", "amod")),
        ]
    if role == "subj" and not syntax.is_verbal(anchor):
        direct += [
            *found.get("poss", ()),
            *(t for t in found.get("mod", ()) if t.dep_ in ("compound", "amod")),
        ]
    inside = set(match.tokens)
    return [t for d in direct for t in syntax.conjuncts(d) if t.i not in inside or role in ("mod", "comp")]


def _is(argument: Token, constraint: Constraint, sentence: Sighted) -> bool:
    if sentence.entity.get(argument.i) in constraint.entities:
        return True
    head = sentence.keys_of(argument)
    phrase: list[tuple[str, ...]] = []
    for value in constraint.values:
        if len(value) == 1:
            if value[0].match(head):
                return True
        else:
            phrase = phrase or [sentence.keys_of(t) for t in argument.subtree]
            if all(any(map(place.match, phrase)) for place in value):
                return True
    return False


def is_refused(match: Match, sentence: Sighted) -> bool:
    """True where what is matched is negated, or taken away from above ('unable to', 'without')."""
    token = match.anchor
    if any(syntax.is_negated(sentence.tokens[i - sentence.offset]) for i in match.tokens):
        return True
    arguments = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    if any(syntax.is_negated(c) or sentence.is_nobody(c) for c in arguments):
        return True
    if any(sentence.refuses(c) for c in token.children if c.dep_ in ("advmod", "amod", "acomp")):
        return True
    for _ in range(3):
        head = token.head
        if head == token or token.dep_ not in GOVERNED:
            return False
        if sentence.refuses(head) or (
            token.dep_ in ("xcomp", "ccomp", "conj", "dobj") and syntax.is_negated(head)
        ):
            return True
        token = head
    return False


GOVERNED = frozenset({"xcomp", "ccomp", "acl", "pcomp", "pobj", "dobj", "conj", "prep", "nsubjpass"})
"""How a word hangs on what may take it away."""
