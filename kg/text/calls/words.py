"""The words that make a call, from the ontology's lexicon, and the record of a call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.lexicon import lexicon
from kg.vocabulary import RG

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.text.lexicon import Lexicon
    from kg.vocabulary import Vocabulary


ACTING = ("addressed", "authority", "state", "mandate", "organisation", "person", "media", "party")
"""Word sets of those who can be asked to act."""
NEEDING = frozenset({"need", "require", "want"})
"""What 'we' need is asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class CallWords:
    """The words of each frame, from the annotations of rg:Recommendation, and the word sets."""

    lexicon: Lexicon
    directives: frozenset[str]
    """'urge', 'call on': the object is asked to act."""
    mild: frozenset[str]
    """'ask', 'invite': the same, but only with a verb of what is asked."""
    proposals: frozenset[str]
    """'recommend', 'call for': the object is what is asked for."""
    deontics: frozenset[str]
    """'must', 'should', 'need (to)'."""
    evaluations: frozenset[str]
    """'essential', 'time (to)'."""
    needs: frozenset[str]
    """'needed', 'required'."""
    nouns: frozenset[str]
    """'call', 'appeal', 'recommendation'."""
    duties: frozenset[str]
    """'responsibility', 'duty'."""
    echoes: frozenset[str]
    """'echo', 'reiterate': verbs that pass a call on."""
    no_acts: frozenset[str]
    """'note', 'forget': what nobody is asked to do in 'it should be noted'."""
    asking: frozenset[str]
    """Directives, mild ones among them."""
    makers: frozenset[str]
    """The first word of every cue: a word that is none of them, nor has one as its lemma, makes no call."""

    def says(self, name: str, token: Token) -> bool:
        """True where a token is a word of a word set."""
        return self.lexicon.says(name, token)


def first_words(cues: frozenset[str]) -> frozenset[str]:
    """The words that cues begin with."""
    return frozenset(cue.split()[0] for cue in cues)


@lru_cache(maxsize=4)
def call_words(vocabulary: Vocabulary) -> CallWords:
    """The call words of a vocabulary."""

    def cues(name: str) -> frozenset[str]:
        return frozenset(vocabulary.values(f"{RG}Recommendation", RG + name))

    asking = cues("directiveCue") | cues("mildDirectiveCue")
    frames = ("proposalCue", "deonticCue", "evaluationCue", "needCue", "callNounCue", "dutyCue")
    return CallWords(
        lexicon=lexicon(vocabulary),
        directives=cues("directiveCue"),
        mild=cues("mildDirectiveCue"),
        proposals=cues("proposalCue"),
        deontics=cues("deonticCue"),
        evaluations=cues("evaluationCue"),
        needs=cues("needCue"),
        nouns=cues("callNounCue"),
        duties=cues("dutyCue"),
        asking=asking,
        makers=NEEDING | first_words(asking.union(*map(cues, frames))),
        echoes=cues("echoCue"),
        no_acts=cues("counterCue"),
    )


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the word that makes it, and its parts as phrases of the parse."""

    head: Token
    frame: str
    """directive, proposal, deontic, evaluation, need, duty or noun."""
    extent: Span
    """The clause that says it."""
    action: Token | None = None
    """The head of what is asked."""
    by: Token | None = None
    """Head of who calls; None where it is the voice of the text."""
    addressee: Token | None = None
    open: bool = False
    """True where what is asked is still to come, in a list."""
