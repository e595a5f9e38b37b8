"""Cues in a sentence: patterns over lemmas, parts of speech and arguments, found in one pass.

In: compiled cues (`kg.text.grammar` reads them from the ontology) and a parsed sentence. Out:
`Match`es. The index is keyed by the first word of each cue, and a cue is passed over at once
where another of its words isn't in the sentence, so that a sentence costs little more than one
look-up a token however many cues there are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from spacy.symbols import PROPN

from kg.text import syntax
from kg.text.grammar import STEM
from kg.text.patterns import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Span, Token

    from kg.text.patterns import Constraint, Cue, Element, Words

GAP = 4
"""How many words '...' may stand for."""


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


def keys(token: Token) -> tuple[str, ...]:
    """The forms under which a token is looked up: as written, and its lemma."""
    named = token.pos == PROPN
    known = _KEYS.get((token.lower, token.lemma, named))
    if known is None:
        known = _KEYS[token.lower, token.lemma, named] = _forms(token.lower_, token.lemma_, named=named)
    return known


_KEYS: dict[tuple[int, int, bool], tuple[str, ...]] = {}
"""By word, lemma and whether it is a name; grows as the parser's own store of strings does."""


def _forms(lower: str, lemma: str, *, named: bool) -> tuple[str, ...]:
    lower = lower.replace("’", "'")
    lemma = lemma.lower().replace("’", "'")
    if named and lower.endswith("s") and len(lower) > STEM + 1:
        return (lower, lemma, lower[:-1])
    return (lower, lemma) if lemma != lower else (lower,)


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
        self.found: dict[int, list[Match]] = {}
        """What each index found in it."""

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
        if self.nobody.match(self.keys_of(token)):
            return True
        first = token.left_edge
        before = token.doc[first.i - 1].lower_ if first.i else ""
        return first.lower_ == "not" or (before == "not" and first.lower_ in ("a", "one"))

    def holds(self, words: Words) -> bool:
        """True where one of some words stands anywhere in the sentence; looked up once."""
        known = self._held.get(id(words))
        if known is None:
            found = self.all_keys
            whole = not (words.plain.isdisjoint(found) and words.exact.isdisjoint(found))
            known = self._held[id(words)] = whole or any(stem in self._lines for stem in words.lines)
        return known

    @cached_property
    def _lines(self) -> str:
        """Every form at the start of a line of its own, for what begins with a stem."""
        return "\n" + "\n".join(self.all_keys)

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
        """Every match, in the order of the text; looked for once."""
        known = sentence.found.get(id(self))
        if known is None:
            known = sentence.found[id(self)] = self._find(sentence)
        return known

    def _find(self, sentence: Sighted) -> list[Match]:
        found: dict[tuple[str, tuple[int, ...]], Match] = {}
        for place, forms in enumerate(sentence.keys):
            candidates = self._known.get(forms)
            if candidates is None:
                candidates = self._candidates(forms)
            for cue in candidates:
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
    if role in ("obj", "subj") and not syntax.is_verbal(anchor):
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
