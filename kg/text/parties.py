"""The names of victims and perpetrators: from the heads of phrases to what the text calls them.

In: the heads that `kg.text.participants` found. Out: a name and, where it is an entity of the
item, its key. An apposed proper name counts before the noun ('the journalist, Ana Silva');
general words keep what describes them ('people who criticise the government'); a pronoun
takes the entity that it stands for, or the plural noun phrase of persons before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text import coreference, phrases, syntax

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.tokens import Span, Token

    from kg.model import Entity, Reading, Sentence
    from kg.text.lexicon import Lexicon
    from kg.text.participants import Participants

Named = tuple[str | None, str | None]
NOBODY: Named = (None, None)
LONGEST = 14
"""Words of a phrase with the clause that describes it."""
TITLED = 5
"""Words within which a name follows what its bearer does."""
REACH = 2
"""How many sentences back a plural pronoun is followed."""
PLURAL = frozenset({"they", "them", "their", "themselves"})
SPEAKER = frozenset({"i", "me", "my", "myself"})
SUFFERERS = ("person", "organisation", "media", "party", "gathering", "place", "authority")
"""Sets of words for those to whom something can be done."""
TERRITORIES = frozenset({"Country", "Place"})
WATCHERS = frozenset({"Mechanism", "IntergovernmentalBody", "CivilSocietyOrganisation"})
ORGANS = frozenset({"Country", "StateBody"})
"""What a noun that stands for it names as well: 'the authorities'. The key tells whose."""


def names(
    reading: Reading, sentence: Sentence, who: Participants, anchor: Token, lex: Lexicon
) -> tuple[Named, Named]:
    """What the text calls the first victim and the first perpetrator that it names, never the same."""
    victim = _victim(reading, sentence, who.victims, anchor, lex)
    doer = _perpetrator(reading, sentence, who.perpetrators, anchor, lex)
    if victim != NOBODY and _is_same(victim, doer):
        return victim, NOBODY
    return victim, doer


def _is_same(victim: Named, doer: Named) -> bool:
    """True for one name twice, or a victim's words that hold the perpetrator's."""
    if doer[0] is None or victim[0] is None:
        return False
    if victim[1] is not None and victim[1] == doer[1]:
        return True
    one, other = victim[0].casefold(), doer[0].casefold()
    return one == other or one.endswith(f" {other}") or other.endswith(f" {one}")


def _victim(
    reading: Reading, sentence: Sentence, heads: Iterable[Token], anchor: Token, lex: Lexicon
) -> Named:
    for head in heads:
        whole = head.head if head.dep_ == "poss" and head.head.pos_ in ("NOUN", "PROPN") else head
        for token in dict.fromkeys((*_owners(head, lex), whole)):
            found = _name(reading, sentence, token, anchor, lex)
            if found != NOBODY and not _is_territory(reading, found):
                return found
    return NOBODY


def _owners(head: Token, lex: Lexicon) -> Iterator[Token]:
    """Who suffers where a thing does: 'his telephone', 'the newspaper's offices'."""
    if head.pos_ != "NOUN" or any(lex.says(s, head) for s in SUFFERERS):
        yield head
    else:
        yield from (c for c in head.children if c.dep_ == "poss")


def _perpetrator(
    reading: Reading, sentence: Sentence, heads: Iterable[Token], anchor: Token, lex: Lexicon
) -> Named:
    for head in heads:
        if head.lower_ in PLURAL:
            return _before(sentence, reading, head, anchor, lex, _has_power), None
        found = _name(reading, sentence, head, anchor, lex)
        if found != NOBODY and not (_watches(reading, found) and not _is_outright(head, anchor)):
            return found
    return NOBODY


def _watches(reading: Reading, found: Named) -> bool:
    """True for a body that watches over rights: it stands beside acts far more often than behind them."""
    key = found[1]
    return key is not None and reading.entity[key].type in WATCHERS


def _is_outright(head: Token, anchor: Token) -> bool:
    """True for who the text says in so many words did it: 'by X', 'X arrested'."""
    if head.dep_ == "pobj" and head.head.lower_ == "by":
        return True
    return syntax.is_verbal(anchor) and head in syntax.verb_roles(anchor).get("subj", ())


def _is_territory(reading: Reading, found: Named) -> bool:
    key = found[1]
    return key is not None and reading.entity[key].type in TERRITORIES


def _name(reading: Reading, sentence: Sentence, head: Token, anchor: Token, lex: Lexicon) -> Named:
    if syntax.is_negated(head) or lex.says("nobody", head):
        return NOBODY
    counted = _counted(head)
    if counted is not None:
        head = counted
    person = _titled(reading, sentence, head)
    if person is not None:
        return person.name, person.key
    apposed = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    for token in (apposed, head):
        entity = coreference.resolve(reading, sentence, token) if token is not None else None
        if entity is not None and not _is_people_of(token, entity):
            told_as_is = (
                head.pos_ == "NOUN" and entity.type in ORGANS and not _is_named(reading, sentence, head)
            )
            return (_phrase(head, anchor, lex) if told_as_is else entity.name), entity.key
    if head.lower_ in SPEAKER:
        return sentence.block.speaker, None
    if head.lower_ in PLURAL:
        return _before(sentence, reading, head, anchor, lex, _is_group), None
    if head.tag_ == "CD" or (
        head.pos_ == "PRON" and head.lower_ not in ("those", "others", "anyone", "everyone")
    ):
        return NOBODY
    return _phrase(apposed if apposed is not None else head, anchor, lex), None


def _titled(reading: Reading, sentence: Sentence, head: Token) -> Entity | None:
    """The person whose name follows the noun for what they do: 'the journalist and blogger Ana Silva'."""
    if head.tag_ != "NN":
        return None
    for token in head.doc[head.i + 1 : min(head.i + 1 + TITLED, sentence.tokens.end)]:
        here = sentence.source(token)
        named = next((m for m in reading.within(sentence.span) if m.span.holds(here)), None)
        if named is not None:
            entity = reading.entity[named.entity]
            return entity if entity.type == "Person" and token.i > head.i + 1 else None
        if token.pos_ not in ("NOUN", "ADJ", "CCONJ"):
            return None
    return None


def _is_people_of(token: Token, entity: Entity) -> bool:
    """True for the people of a state, who aren't the state: '650 Palestinians'."""
    plural = token.tag_ in ("NNS", "NNPS")
    return plural and entity.type in TERRITORIES and token.text not in entity.name.split()


def _is_named(reading: Reading, sentence: Sentence, token: Token) -> bool:
    """True for a word of a name, false for one that stands for it: 'the government'."""
    here = sentence.source(token)
    return any(mention.span.holds(here) for mention in reading.within(sentence.span))


def _counted(head: Token) -> Token | None:
    """Those of whom a bare number tells: 'two of them', 'of these persons, 388'."""
    if head.tag_ != "CD":
        return None
    for governor in (head, head.head):
        for prep in governor.children:
            if prep.dep_ == "prep" and prep.lower_ == "of" and prep.i != head.i:
                return next((c for c in prep.children if c.dep_ == "pobj"), None)
    return None


def _phrase(head: Token, anchor: Token, lex: Lexicon) -> str:
    """The words of a phrase without its number; a general word keeps the clause that says who is meant."""
    span = phrases.noun_phrase(head)
    if lex.says("general", head):
        clause = next((c for c in head.children if c.dep_ in ("relcl", "acl")), None)
        if clause is not None and _is_telling(clause, head, anchor, span.start):
            span = phrases.trimmed(head.doc[span.start : clause.right_edge.i + 1])
    span = _without_asides(span, head, lex)
    if span.start <= anchor.i < head.i and (anchor.head == head or anchor.i == span.start):
        span = head.doc[anchor.i + 1 : span.end]
    return phrases.bare(_uncounted(span, head, lex))


def _is_telling(clause: Token, head: Token, anchor: Token, start: int) -> bool:
    """True for a clause that says who is meant, false for one that goes on or tells the act itself."""
    if clause.right_edge.i - start >= LONGEST or any(t == anchor for t in clause.subtree):
        return False
    return clause.i > head.i and not any(t.text == "," for t in head.doc[head.i : clause.left_edge.i + 1])


def _without_asides(span: Span, head: Token, lex: Lexicon) -> Span:
    """The phrase without what only tells when, where or against whom: 'police against protesters'."""
    start, end = span.start, span.end
    for child in head.children:
        if child.dep_ == "npadvmod" and child.i < head.i:
            start = max(start, child.right_edge.i + 1)
        if child.dep_ == "prep" and child.i > head.i and (lex.says("aside", child) or _is_whereabouts(child)):
            end = min(end, child.i)
    return phrases.trimmed(head.doc[start:end]) if start <= head.i < end else span


def _is_whereabouts(preposition: Token) -> bool:
    """True for 'in Zomba': a name after a preposition of place."""
    return preposition.lower_ in ("in", "at") and any(c.pos_ == "PROPN" for c in preposition.children)


def _uncounted(span: Span, head: Token, lex: Lexicon) -> Span:
    """'almost 4,500 individuals' -> 'individuals': the number is told as a count."""
    start = span.start
    while start < head.i and (_is_digits(span.doc[start]) or lex.says("approximate", span.doc[start])):
        start += 1
    digits = any(_is_digits(t) for t in span.doc[span.start : start])
    return span.doc[start : span.end] if digits else span


def _is_digits(token: Token) -> bool:
    return token.tag_ == "CD" and any(c.isdigit() for c in token.text)


def _before(
    sentence: Sentence,
    reading: Reading,
    pronoun: Token,
    anchor: Token,
    lex: Lexicon,
    fits: Callable[[Token, Lexicon], bool],
) -> str | None:
    """The plural noun phrase that 'they' stands for: the subject nearest before it that fits."""
    for back in range(REACH + 1):
        at = sentence.index - back
        if at < 0 or reading.sentences[at].block.span != sentence.block.span:
            return None
        other = reading.sentences[at]
        found = [
            t
            for t in other.tokens
            if t.tag_ in ("NNS", "NNPS") and (back or t.i < pronoun.i) and fits(t, lex)
        ]
        subjects = [t for t in found if t.dep_ in ("nsubj", "nsubjpass")]
        if found:
            return _phrase(syntax.first_conjunct((subjects or found)[-1 if not back else 0]), anchor, lex)
    return None


def _is_group(noun: Token, lex: Lexicon) -> bool:
    return any(lex.says(s, noun) for s in ("person", "organisation")) and not lex.says("officer", noun)


def _has_power(noun: Token, lex: Lexicon) -> bool:
    """True for those who act with power over others, the only ones whom 'they' may accuse."""
    return noun.dep_ in ("nsubj", "nsubjpass", "conj", "pobj") and lex.says("powerful", noun)
