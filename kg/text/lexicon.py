"""The lexicon of the ontology, compiled: cues of types, governors of statuses, shared words.

In: a `Vocabulary`. Out: indices that find cues in a parsed sentence, and the word sets.
Compiled once a vocabulary; nothing here knows a term by name but the annotation properties.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from kg.text.cues import CueIndex
from kg.text.grammar import WordSets, label_cue, parse_cue
from kg.text.patterns import Word, Words
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Token

    from kg.text.patterns import Cue
    from kg.vocabulary import Term, Vocabulary

WORD = RG + "word"


class Lexicon:
    """Cues and words of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.sets = WordSets(
            {t.label: vocabulary.values(t.iri, WORD) for t in vocabulary.individuals("WordSet")}
        )
        self._matchers: dict[str, Words] = {}

    def index(self, terms: Iterable[Term], *, labels: bool = True) -> CueIndex:
        """The cues of terms, their labels and alternative labels among them."""
        return CueIndex(cue for term in terms for cue in self._cues(term, term.cues, labels=labels))

    def counter_index(self, terms: Iterable[Term]) -> CueIndex:
        """The counter-cues of terms: in their presence a cue doesn't count."""
        return CueIndex(cue for term in terms for cue in self._cues(term, term.counter_cues, labels=False))

    def _cues(self, term: Term, sources: Sequence[str], *, labels: bool) -> list[Cue]:
        found = [cue for source in sources for cue in parse_cue(term.id, source, self.sets)]
        if labels:
            found += [label_cue(term.id, name) for name in term.names]
        return found

    @cached_property
    def types(self) -> CueIndex:
        """What says that an act of a violation class happened."""
        return self.index(self.vocabulary.violation_types)

    @cached_property
    def masks(self) -> CueIndex:
        """What forbids a violation class where its cues would match."""
        return self.counter_index(self.vocabulary.violation_types)

    @cached_property
    def omitted(self) -> frozenset[str]:
        """The violation classes that can be what isn't done: 'has not been investigated'."""
        return frozenset(cue.term for cue in self.types.cues if cue.negative)

    @cached_property
    def broader(self) -> Mapping[str, frozenset[str]]:
        """The violation classes above each violation class."""
        below = {t.id: set(self.vocabulary.below(t.id)) for t in self.vocabulary.violation_types}
        return {
            t.id: frozenset(o for o, inside in below.items() if o != t.id and t.iri in inside)
            for t in self.vocabulary.violation_types
        }

    @cached_property
    def statuses(self) -> CueIndex:
        """What governs an act and tells how the claim stands to it."""
        return self.index(self.vocabulary.individuals("ClaimStatus"), labels=False)

    def words(self, name: str) -> Words:
        """A word set, ready for matching. Raises OntologyError for an unknown one."""
        if name not in self._matchers:
            plain = dict.fromkeys(self.sets.expand(name, f"word set {name}"))
            self._matchers[name] = Words(Word(w.rstrip("*").casefold(), w.endswith("*")) for w in plain)
        return self._matchers[name]

    def says(self, name: str, token: Token) -> bool:
        """True where a token is a word of a set."""
        forms = _FORMS.get((token.lower, token.lemma))
        if forms is None:
            forms = _FORMS[token.lower, token.lemma] = (token.lower_, token.lemma_.lower())
        return self.words(name).match(forms)


_FORMS: dict[tuple[int, int], tuple[str, str]] = {}
"""Word and lemma by their numbers; grows as the parser's own store of strings does."""


@cache
def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of a vocabulary, compiled once a process."""
    return Lexicon(vocabulary)
