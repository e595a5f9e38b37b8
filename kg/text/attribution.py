"""Who says what a sentence says: the claimant, and those through whom it is passed on.

In: a reading, a sentence and the word whose content is claimed. Out: an `Attribution`. The
voice of the item is the default (the author, or the interviewee of an answer). Within a
sentence a claim belongs to the subject of the verb of saying above it, to the source after
'according to', or to the body that documented, found or accuses; a quotation that runs over
several sentences belongs to the speaker told in the sentences around it; what a record tells
belongs to who spoke (`kg.text.records`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.languages.english import ABSTRACT_ENDINGS
from kg.text import coreference, phrases, records, syntax
from kg.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Reading, Sentence
    from kg.text.lexicon import Lexicon
    from kg.vocabulary import Vocabulary

EITHER = '"'
OPENED = re.compile(r"(?<!\w)[‘'](?=\w)")
CLOSED = re.compile(r"(?<=[\w.,!?…])[’'](?!\w)")
REACH = 25
"""How many steps a climb takes at most."""
NEAR = 3
"""How many sentences away the speaker of a quotation may be told."""
FIRST_PERSON = frozenset({"i", "we", "us", "me", "one"})
NAME_WITHIN = 4
"""Words within which a name follows the noun for what its bearer is."""
SPEAKERS = ("critic", "authority", "organisation", "source", "media", "relative")
NOBODY = (*ABSTRACT_ENDINGS, "ing")
"""Endings of nouns for what nobody is."""
WHILE = frozenset({"as", "when", "after", "while", "because", "since", "although", "before", "until"})
"""Words that begin what is told beside what somebody says."""
CONTENT = frozenset(
    {
        "ccomp",
        "xcomp",
        "dobj",
        "pobj",
        "pcomp",
        "prep",
        "acl",
        "parataxis",
        "advcl",
        "conj",
        "nsubjpass",
        "oprd",
    }
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who claims it; all empty where the item says it in its own voice."""

    claimant: str | None = None
    key: str | None = None
    """Of the entity, where the claimant is one."""
    via: tuple[str, ...] = ()
    """Who passes it on, from the item's voice inwards."""
    verb: str | None = None
    """Lemma of the verb of saying: 'deny' and 'say' claim differently."""


def attribution(reading: Reading, sentence: Sentence, token: Token, vocabulary: Vocabulary) -> Attribution:
    """Who claims what a word of a sentence says."""
    lex = lexicon(vocabulary)
    voice = sentence.block.speaker or reading.item.speaker
    chain = [(s, v) for s, v in _speakers(token, lex) if s.lower_ not in FIRST_PERSON]
    named = [(*found, verb) for speaker, verb in chain if (found := _name(reading, sentence, speaker, lex))]
    if not named and (outside := _quoted_from(reading, sentence, token, lex)):
        named = [outside]
    if not named and (recorded := records.speaking(reading, sentence, vocabulary)):
        named = [(*recorded, "say")]
    if not named:
        same = sentence.block.speaker in (None, reading.item.speaker)
        return Attribution(None if same else sentence.block.speaker)
    name, key, verb = named[0]
    outer = tuple(
        dict.fromkeys(n for n in (voice, *(n for n, _, _ in reversed(named[1:]))) if n and n != name)
    )
    return Attribution(name, key, outer, verb)


def _speakers(token: Token, lex: Lexicon) -> Iterator[tuple[Token, str]]:
    """Those who say, document or allege what stands at a word, the nearest first."""
    below, node = None, token
    for clause in token.children:
        if clause.dep_ == "relcl" and lex.says("finding", clause):
            yield from (
                (s, clause.lemma_.lower()) for s in syntax.grammatical_subjects(clause)[0] if s != token
            )
    for _ in range(REACH):
        for child in node.children:
            if (
                child != below
                and child.dep_ in ("prep", "advmod", "parataxis", "advcl", "ccomp")
                and child.i != token.i
            ):
                yield from _aside(child, lex, node)
        if below is not None and _says(node, below, lex):
            yield from ((s, node.lemma_.lower()) for s in _subject(node))
        elif below is not None and below.dep_ == "ccomp" and lex.says("learning", node):
            yield from ((s, "say") for s in _origin(node))
        if node.head == node:
            return
        below, node = node, node.head


def _says(node: Token, below: Token, lex: Lexicon) -> bool:
    """True where a word says what hangs on it: any verb of saying a clause, some a thing."""
    if below.dep_ not in CONTENT or not lex.says("saying", node):
        return False
    if any(c.dep_ == "dobj" and c.lower_.endswith(("self", "selves")) for c in node.children):
        return False
    if syntax.is_negated(node):
        return False
    if below.dep_ == "advcl" and any(
        c.dep_ in ("mark", "advmod") and c.lower_ in WHILE for c in below.children
    ):
        return False
    if below.dep_ in ("dobj", "nsubjpass", "prep", "conj", "advcl"):
        return lex.says("documenting", node)
    return True


def _origin(verb: Token) -> list[Token]:
    """X in 'learned from X that'."""
    return [
        t
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ == "from"
        for t in c.children
        if t.dep_ == "pobj"
    ]


def _aside(child: Token, lex: Lexicon, node: Token) -> Iterator[tuple[Token, str]]:
    """'according to X', ', X said,'."""
    if child.lower_ == "according":
        for to in (child, *child.children):
            yield from ((t, "say") for t in to.children if t.dep_ == "pobj")
    elif child.dep_ in ("parataxis", "ccomp") and syntax.is_verbal(child) and lex.says("saying", child):
        has_content = any(c.dep_ in ("ccomp", "dobj", "xcomp") and c.i > child.i for c in child.children)
        if not has_content and (child.dep_ == "parataxis" or child.i > node.i):
            yield from ((s, child.lemma_.lower()) for s in _subject(child))


def _subject(verb: Token) -> list[Token]:
    if not syntax.is_verbal(verb):
        poss = [c for c in verb.children if c.dep_ == "poss"]
        return poss or [
            t
            for c in verb.children
            if c.dep_ == "prep" and c.lower_ in ("by", "from")
            for t in c.children
            if t.dep_ == "pobj"
        ]
    subjects, passive = syntax.grammatical_subjects(verb)
    if not passive:
        return subjects
    return [t for c in verb.children if c.dep_ == "agent" for t in c.children if t.dep_ == "pobj"]


def _name(
    reading: Reading, sentence: Sentence, speaker: Token, lex: Lexicon
) -> tuple[str, str | None] | None:
    """The name of a speaker; None for what can't speak."""
    entity = coreference.resolve(reading, sentence, speaker) or _titled(reading, sentence, speaker)
    if entity is not None:
        return (entity.name, entity.key) if entity.type != "Place" else None
    if speaker.pos_ == "PRON" or (speaker.pos_ == "NOUN" and lex.says("law", speaker)):
        return None
    if speaker.pos_ == "PROPN" or any(lex.says(s, speaker) for s in SPEAKERS) or _is_somebody(speaker, lex):
        return _owner(reading, sentence, speaker, lex) or (
            phrases.bare(phrases.noun_phrase(speaker, coordinate=False)),
            None,
        )
    return None


def _titled(reading: Reading, sentence: Sentence, noun: Token) -> Entity | None:
    """Whom the words of a phrase end with: 'our partner Harbour Watch', 'the lawyer Ana Silva'."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return None
    doc = noun.doc
    for token in doc[noun.i + 1 : min(noun.i + NAME_WITHIN, sentence.tokens.end)]:
        named = coreference.mention_at(reading, sentence, token)
        if named is not None:
            return reading.entity[named.entity] if noun.pos_ == "NOUN" else None
        if token.pos_ not in ("NOUN", "ADJ") and token.lower_ != "the":
            return None
    return None


def _is_somebody(noun: Token, lex: Lexicon) -> bool:
    """True for a noun that isn't a law, a right or something that is done."""
    if noun.pos_ != "NOUN" or lex.says("abstract", noun):
        return False
    return lex.says("person", noun) or not noun.lemma_.lower().endswith(NOBODY)


def _owner(reading: Reading, sentence: Sentence, noun: Token, lex: Lexicon) -> tuple[str, str | None] | None:
    """Whose statement or report it is: 'her sworn statement', 'the union's letter'."""
    if not lex.says("source", noun):
        return None
    for owner in (c for c in noun.children if c.dep_ == "poss"):
        entity = coreference.resolve(reading, sentence, owner)
        if entity is not None:
            return entity.name, entity.key
    return None


def _quoted_from(
    reading: Reading, sentence: Sentence, token: Token, lex: Lexicon
) -> tuple[str, str | None, str] | None:
    """The speaker of a quotation that the sentence stands in, told in a sentence beside it."""
    if not _inside_quotation(sentence, token):
        return None
    near = [
        s
        for s in reading.sentences
        if s.block.span == sentence.block.span and abs(s.index - sentence.index) <= NEAR
    ]
    near.sort(key=lambda s: (abs(s.index - sentence.index), s.index))
    for other in near:
        for verb in other.tokens:
            if lex.says("saying", verb) and syntax.is_verbal(verb) and not _inside_quotation(other, verb):
                for speaker in _subject(verb):
                    found = _name(reading, other, speaker, lex)
                    if found is not None:
                        return (*found, verb.lemma_.lower())
    return None


def _inside_quotation(sentence: Sentence, token: Token) -> bool:
    """True where a quotation mark of the block opens before the word and isn't closed."""
    before = sentence.alignment.text[: token.idx]
    curly = max(before.count(a) - before.count(b) for a, b in zip("“«", "”»", strict=True))
    opened = len(OPENED.findall(before)) - len(CLOSED.findall(before + " "))
    return curly > 0 or before.count(EITHER) % 2 == 1 or opened > 0
