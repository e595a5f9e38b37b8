"""Who speaks in a record: the report of a meeting, or a summary of what others submitted.

In: a reading and a sentence. Out: the speaker whom its paragraph told last, or the state that a
recommendation of a review credits in brackets. Paragraphs of a record begin with who spoke ('Norway
was concerned at ...', 'The Ombudsman noted ...'), and what follows in the paragraph is that speaker's
as well. What no delegation is said to have said, the state under review says of itself. The body that
printed the record claims none of it.
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
SHARE = 0.4
"""Of its paragraphs that begin with who spoke."""
AT_ONCE = 12
"""Characters that may stand before the first name: a number, an article."""
RECORDS = ("report", "resolution")
"""Genres: news tells in turn who said what, and speaks for itself in between."""
SPEAKERS = ("critic", "authority", "organisation", "source")
GROUPS = frozenset({"delegation"})
ANSWERS = word_set(
    "respond address answer brief refute rebut reiterate clarify reply explain mention applaud"
)
"""Words of meetings beside those of saying."""


def speaking(reading: Reading, sentence: Sentence, vocabulary: Vocabulary) -> Named | None:
    """Who speaks in a sentence of a record; None where the item is no record or nobody is told."""
    credited = countries.credited(reading, sentence)
    if credited:
        return Named(reading.entity[credited[0]].name, credited[0])
    record, states = _record(Held(reading), vocabulary)
    if sentence.block.kind is not BlockKind.PARAGRAPH or not record:
        return None
    for at in range(sentence.index, -1, -1):
        other = reading.sentences[at]
        if other.block is not sentence.block:
            break
        if found := _opening(reading, other, vocabulary):
            return found
    return (_first_state(reading, sentence) or under_review(reading, vocabulary)) if states else None


def is_own_account(reading: Reading, speaker: Named, vocabulary: Vocabulary) -> bool:
    """True for what a state under review says of itself: little of it admits anything."""
    if any(word in GROUPS for word in speaker.name.split()):
        return True
    if speaker.key is None or not all(_record(Held(reading), vocabulary)):
        return False
    reviewed = under_review(reading, vocabulary)
    if reviewed is None or reviewed.key is None:
        return False
    who = reading.entity[speaker.key]
    return who.country == reading.entity[reviewed.key].country and who.type in ("Country", "StateBody")


def _first_state(reading: Reading, sentence: Sentence) -> Named | None:
    """The state with which a paragraph begins, however it is parsed: 'Peru recommended to (a) ...'."""
    begins = sentence.block.span.start
    for mention in reading.within(sentence.block.span):
        if mention.span.start - begins > AT_ONCE:
            return None
        if reading.entity[mention.entity].type == "Country":
            return Named(reading.entity[mention.entity].name, mention.entity)
    return None


@lru_cache(maxsize=4)
def _record(held: Held, vocabulary: Vocabulary) -> tuple[bool, bool]:
    """Whether most paragraphs begin with who spoke, and whether those are states."""
    reading = held.reading
    if reading.item.genre not in RECORDS:
        return False, False
    firsts = [
        s
        for before, s in zip((None, *reading.sentences), reading.sentences, strict=False)
        if s.block.kind is BlockKind.PARAGRAPH and (before is None or before.block is not s.block)
    ]
    told = [found for s in firsts if (found := _opening(reading, s, vocabulary))]
    states = sum(t.key is not None and reading.entity[t.key].type == "Country" for t in told)
    return len(firsts) >= FEWEST and len(told) >= SHARE * len(firsts), 2 * states >= len(told)


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
    subjects = [c for clause in clauses for c in clause.children if c.dep_ in syntax.NOUN_SUBJECTS]
    return next((s for s in subjects if s.pos_ in ("NOUN", "PROPN")), None)


def _says(verb: Token, lex: Lexicon) -> bool:
    """True for a verb with which somebody speaks in a meeting."""
    verb = syntax.main_verb(verb)
    return syntax.is_verbal(verb) and (verb.lemma_.casefold() in ANSWERS or lex.says("saying", verb))


def _delegation(reading: Reading, speaker: Token, vocabulary: Vocabulary) -> Named:
    """'The delegation' is that of the state under review."""
    name = phrases.bare(phrases.noun_phrase(speaker, coordinate=False))
    reviewed = under_review(reading, vocabulary)
    whole = " ".join(name.split()[-1:]).casefold() in GROUPS
    return Named(f"{name} of {reviewed.name}" if reviewed and whole else name)
