"""Who speaks in a record: the report of a meeting, or a summary of what others submitted.

In: a reading and a sentence. Out: the speaker whom its paragraph told last, or the state that a
recommendation of a review credits in brackets. Paragraphs of a record begin with who spoke ('Norway
was concerned at ...', 'The Ombudsman noted ...'), and what follows in the paragraph is that speaker's
as well. The body that printed the record claims none of it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.languages.english import word_set
from kg.model import BlockKind
from kg.text import coreference, countries, phrases, syntax
from kg.text.calls.reviews import under_review
from kg.text.identity import Held
from kg.text.lexicon import lexicon
from kg.text.naming import Named

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.text.lexicon import Lexicon
    from kg.vocabulary import Vocabulary

FEWEST = 4
"""Paragraphs from which on an item can be a record."""
SHARE = 0.5
"""Of its paragraphs that begin with who spoke."""
RECORDS = ("report", "resolution")
"""Genres: news tells in turn who said what, and speaks for itself in between."""
SPEAKERS = ("critic", "authority", "organisation", "source")
GROUPS = frozenset({"delegation"})
ANSWERS = word_set(
    "respond address answer brief refute rebut reiterate clarify reply explain mention applaud"
)
"""Words of meetings beside those of saying."""
SUBJECTS = ("nsubj", "nsubjpass")


def speaking(reading: Reading, sentence: Sentence, vocabulary: Vocabulary) -> Named | None:
    """Who speaks in a sentence of a record; None where the item is no record or nobody is told."""
    credited = countries.credited(reading, sentence)
    if credited:
        return Named(reading.entity[credited[0]].name, credited[0])
    if not _is_record(Held(reading), vocabulary):
        return None
    for at in range(sentence.index, -1, -1):
        other = reading.sentences[at]
        if other.block.kind is not BlockKind.PARAGRAPH and other.block is not sentence.block:
            return None
        found = _opening(reading, other, vocabulary)
        if found is not None and (other.block is sentence.block or _answers(found)):
            return found
        if found is not None:
            return None
    return None


def is_own_account(speaker: str | None) -> bool:
    """True for what the delegation of a state under review says of its state: little of it admits."""
    return speaker is not None and any(word in GROUPS for word in speaker.split())


def _answers(speaker: Named) -> bool:
    """True for the delegation of the state under review: its answers run over several paragraphs."""
    return speaker.key is None and is_own_account(speaker.name)


@lru_cache(maxsize=4)
def _is_record(held: Held, vocabulary: Vocabulary) -> bool:
    """True where most paragraphs begin with who spoke."""
    reading = held.reading
    if reading.item.genre not in RECORDS:
        return False
    firsts = [
        s
        for before, s in zip((None, *reading.sentences), reading.sentences, strict=False)
        if s.block.kind is BlockKind.PARAGRAPH and (before is None or before.block is not s.block)
    ]
    told = sum(_opening(reading, s, vocabulary) is not None for s in firsts)
    return len(firsts) >= FEWEST and told >= SHARE * len(firsts)


def _opening(reading: Reading, sentence: Sentence, vocabulary: Vocabulary) -> Named | None:
    """Who speaks, as the subject of the sentence's own verb."""
    lex = lexicon(vocabulary)
    speaker = _subject(sentence.tokens.root)
    if speaker is None or not (countries.comments(speaker) or _says(speaker.head, lex)):
        return None
    entity = coreference.resolve(reading, sentence, speaker)
    if entity is not None:
        return Named(entity.name, entity.key)
    if any(t.lemma_.casefold() in GROUPS for t in speaker.subtree):
        return _delegation(reading, speaker, vocabulary)
    known = speaker.pos_ == "PROPN" or any(lex.says(name, speaker) for name in SPEAKERS)
    return Named(phrases.bare(phrases.noun_phrase(speaker, coordinate=False))) if known else None


def _subject(root: Token) -> Token | None:
    """The noun that the sentence is about; of two clauses with a semicolon between them, the first's."""
    clauses = [c for c in root.children if c.dep_ in ("ccomp", "parataxis") and c.i < root.i] + [root]
    subjects = [c for clause in clauses for c in clause.children if c.dep_ in SUBJECTS]
    return next((s for s in subjects if s.pos_ in ("NOUN", "PROPN")), None)


def _says(verb: Token, lex: Lexicon) -> bool:
    """True for a verb with which somebody speaks in a meeting."""
    verb = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    return syntax.is_verbal(verb) and (verb.lemma_.casefold() in ANSWERS or lex.says("saying", verb))


def _delegation(reading: Reading, speaker: Token, vocabulary: Vocabulary) -> Named:
    """'The delegation' is that of the state under review."""
    name = phrases.bare(phrases.noun_phrase(speaker, coordinate=False))
    reviewed = under_review(reading, vocabulary)
    whole = " ".join(name.split()[-1:]).casefold() in GROUPS
    return Named(f"{name} of {reviewed.name}" if reviewed and whole else name)
