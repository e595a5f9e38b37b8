"""Numbers that count people, cases, laws, recommendations, organisations or attacks.

In: a reading. Out: one claim a number, with what it counts in words and the country. Which
nouns can be counted as such a fact is the word set 'counted' of the lexicon. States count
where the text says what they do, not as members of something. A number without a noun counts
people where something is done to it: 'more than 5,000 were arrested', 'three of whom'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import BlockKind, Claim, Figure, Span
from kg.text.countries import country_for
from kg.text.lexicon import Lexicon, lexicon
from kg.text.naming import classes_by_token
from kg.text.numbers import Number, numbers_in, value_of
from kg.text.phrases import bare, child, noun_phrase, prepositional, subtree
from kg.text.syntax import is_passive

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.vocabulary import Vocabulary

SILENT = frozenset(
    {BlockKind.TITLE, BlockKind.SIGNATORY, BlockKind.BOILERPLATE, BlockKind.RATING, BlockKind.QUESTION}
)
BODIES = frozenset({"StateGroup", "IntergovernmentalBody", "Mechanism"})
"""Classes of entities whose members are states or seats, not people that something happens to."""
_YEARS = range(1800, 2101)
_REACH = 60
"""Words before a bare number within which its noun was said."""
_LONGEST = 12
"""Words of the phrase that tells what is counted."""


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The figures of an item, each value of a thing once."""
    lex = lexicon(vocabulary)
    told: set[tuple[int, str]] = set()
    for sentence in reading.sentences:
        if sentence.block.kind in SILENT:
            continue
        classes = classes_by_token(sentence, reading)
        for number in (*numbers_in(sentence), *_standing_alone(sentence, lex)):
            what = number.noun.lemma_.lower()
            if counts(number, lex, classes) and (number.value, what) not in told:
                told.add((number.value, what))
                yield _claim(number, sentence, reading)


def counts(number: Number, lex: Lexicon, classes: Mapping[int, str]) -> bool:
    """True where the number counts things of the kinds that make a figure."""
    noun = number.noun
    people = noun.tag_ in ("NNPS", "NNS") and classes.get(noun.i) == "Country"
    if number.value <= 1 or _is_year(number) or _is_share(noun) or (noun.i in classes and not people):
        return False
    if people:
        return True
    if noun.i in range(number.start, number.end):
        return True
    if lex.says("state", noun):
        return _acts(noun)
    if noun.lemma_.lower() == "member" and _of_body(noun, lex, classes):
        return False
    return _is_counted(noun, lex)


def _is_share(noun: Token) -> bool:
    """True for 'two girls in three': a share, no count."""
    whole = prepositional(noun, "in", "out")
    return whole is not None and whole.tag_ == "CD"


def _is_counted(noun: Token, lex: Lexicon) -> bool:
    """True for the nouns of figures, also where a noun of kind stands before: 'campaigns of attacks'."""
    if lex.says("uncounted", noun) or (noun.tag_ == "NN" and noun.dep_ == "compound"):
        return False
    part = prepositional(noun, "of")
    return any(lex.says(name, n) for n in (noun, part) if n is not None for name in ("counted", "person"))


def _is_year(number: Number) -> bool:
    """True for '2014 law': four digits without a separator before a single thing."""
    first = number.noun.doc[number.start]
    return number.value in _YEARS and first.text.isdigit() and number.noun.tag_ in ("NN", "NNP", "CD")


def _acts(noun: Token) -> bool:
    """True where the text says what the states do: 'over 70 countries maintain laws that'."""
    return child(noun, "relcl") is not None or (
        noun.dep_ == "nsubj" and noun.head.lemma_ not in ("be", "have")
    )


def _of_body(noun: Token, lex: Lexicon, classes: Mapping[int, str]) -> bool:
    """True for members of a body: 'the council has 47 members', 'the 54 members of the group'."""
    whole = prepositional(noun, "of")
    held = noun.dep_ == "dobj" and noun.head.lemma_ in ("have", "comprise", "include", "count")
    named = whole is not None and (classes.get(whole.i) in BODIES or lex.says("mandate", whole))
    return noun.tag_ == "NN" or held or named


def _standing_alone(sentence: Sentence, lex: Lexicon) -> Iterator[Number]:
    """Numbers that stand for people: 'more than 5,000 were arrested', 'three of whom'."""
    for token in sentence.tokens:
        if token.tag_ != "CD" or token.dep_ in ("nummod", "compound", "appos", "npadvmod", "punct"):
            continue
        if any(c.lower_ in ("%", "percent", "per", "$", "€", "£") for c in token.children):
            continue
        group = sorted(
            (t for t in token.subtree if t.tag_ == "CD" and abs(t.i - token.i) <= 1), key=lambda t: t.i
        )
        value = value_of(" ".join(t.text for t in group))
        stands = _stands_for_people(token) or _is_suffered(token, lex) or _is_numbered(token, lex)
        if value is not None and stands:
            yield Number(value, group[0].i, group[-1].i + 1, token)


def _stands_for_people(token: Token) -> bool:
    approximate = any(c.dep_ in ("quantmod", "advmod", "amod") for c in token.children)
    if token.dep_ == "nsubjpass" and is_passive(token.head):
        return True
    whom = prepositional(token, "of")
    if whom is not None and whom.lower_ in ("whom", "them", "those"):
        return True
    return approximate and token.dep_ == "dobj" and prepositional(token, "at", "in", "without") is not None


def _is_suffered(token: Token, lex: Lexicon) -> bool:
    """True for people as the object of what is done to them: 'fired into the crowd and killed four'."""
    return token.dep_ == "dobj" and token.head.pos_ == "VERB" and lex.says("harming", token.head)


def _is_numbered(token: Token, lex: Lexicon) -> bool:
    """True for recommendations without their noun, where the text speaks of them: 'it supported 201'."""
    done = any(lex.says(name, token.head) for name in ("received", "accepted", "implemented", "noted"))
    if not done or token.dep_ not in ("dobj", "nsubjpass") or token.head.pos_ != "VERB":
        return False
    before = token.doc[max(0, token.i - _REACH) : token.i]
    return any(lex.says("recommended", t) for t in before)


def _claim(number: Number, sentence: Sentence, reading: Reading) -> Claim:
    return Claim(
        Figure(
            value=number.value,
            of=_thing(number),
            country=country_for(reading, sentence, number.noun),
        ),
        evidence=_evidence(number, sentence),
        confidence=0.8,
        found_by="figure",
    )


def _thing(number: Number) -> str:
    """What is counted, in words: the phrase with its clause, or with what is done to it."""
    noun = number.noun
    phrase = noun_phrase(noun, coordinate=False)
    skipped = ("quantmod", "advmod", "det")
    words = [t for t in phrase if not number.start <= t.i < number.end and t.dep_ not in skipped]
    clause = child(noun, "relcl", "acl")
    if clause is not None:
        words += list(subtree(clause))
    elif noun.dep_ == "nsubjpass":
        words.append(noun.head)
    return " ".join(t.text for t in words[:_LONGEST]).strip(" ,.") or bare(phrase)


def _evidence(number: Number, sentence: Sentence) -> Span:
    doc = number.noun.doc
    phrase = noun_phrase(number.noun, coordinate=False)
    start, end = min(number.start, phrase.start), max(number.end, phrase.end)
    if number.noun.dep_ in ("nsubj", "nsubjpass"):
        end = max(end, number.noun.head.i + 1)
    return sentence.source(doc[max(start, sentence.tokens.start) : min(end, sentence.tokens.end)])
