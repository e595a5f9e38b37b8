"""Who makes a call and who is asked to act, as the item names them.

In: a call, its sentence and the reading. Out: a name, with its entity where it is one. Who calls is
the subject of the call, else who is quoted, else the voice of the text; a pronoun takes the subject
told before it and never the voice, since 'it asks the court' is mostly said of somebody else. A text
that only sums up what others submitted has no voice of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.languages.english import ITSELF, SUMS_UP
from kg.text.attribution import attribution
from kg.text.calls.reviews import under_review
from kg.text.calls.words import ACTING, call_words
from kg.text.letters import receiver
from kg.text.naming import FIRST_PERSON, Named, entity_of, named, voice
from kg.text.phrases import agent, bare, child, is_infinitive, noun_phrase, prepositional, subject
from kg.text.syntax import NOUN_SUBJECTS, is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.text.calls.words import Call
    from kg.vocabulary import Vocabulary

_SECOND_PERSON = frozenset({"you", "yourself", "your"})
_THINGS, _PEOPLE = frozenset({"it", "they"}), frozenset({"he", "she"})
_POINTING = _SECOND_PERSON | _THINGS | _PEOPLE | FIRST_PERSON | {"there"}
_OWNED = frozenset({"its", "his", "her", "their", "our"})
_TITLES = frozenset({"mr", "mrs", "ms", "madam", "madame", "excellency"})
_NOBODY = ("Instrument", "Event", "Place")
_ITSELF = re.compile(ITSELF, re.IGNORECASE)
_SUMS_UP = re.compile(SUMS_UP, re.IGNORECASE)
_DASHES = ("—", "–", "-", "--")
_DATELINE, _BACK, _HEAD = 9, 2, 8


def caller(call: Call, sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Named | None:
    """Who calls: the subject of the call, who is quoted, or the voice of the text."""
    by = _without_dateline(_without_vocative(call.by))
    pronoun = by is not None and by.lower_ in _THINGS | _PEOPLE
    if by is not None and by.lower_ not in FIRST_PERSON and _is_itself(by, reading):
        return speaking(sentence, reading)
    if by is not None and by.lower_ not in FIRST_PERSON:
        quoted = by.i > call.head.i
        found = _before(by, sentence, reading, quoted=quoted) if pronoun else _named(by, sentence, reading)
        if found is not None:
            return _first(found, reading)
    told = attribution(reading, sentence, call.head, vocabulary)
    asked = call.addressee.text if call.addressee is not None and by is None else None
    if told.claimant and (asked is None or asked not in told.claimant.split()):
        return _in_full(Named(told.claimant, told.key), sentence, reading)
    if sums_up(reading) and by is None and not is_passive(call.head):
        return _of_paragraph(sentence, reading, vocabulary)
    return None if pronoun else speaking(sentence, reading)


def _of_paragraph(sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Named | None:
    """Who says what the sentences before it in the paragraph say: a summary tells its source once."""
    for other in reversed(reading.sentences[: sentence.index]):
        if other.block.span != sentence.block.span:
            return None
        root = other.tokens.root
        told = [attribution(reading, other, c, vocabulary) for c in (root, *root.children)]
        named_ = next((t for t in told if t.claimant), None)
        if named_ is not None and named_.claimant is not None:
            return Named(named_.claimant, named_.key)
        who = subject(root)
        found = _named(who, other, reading) if who is not None else None
        if found is not None and found.key is not None:
            return found
    return None


def _first(found: Named, reading: Reading) -> Named:
    """Who delivers, for 'X, Y and Z call on': the first of those who speak together, if the item is his."""
    speaker = reading.item.speaker or ""
    together = found.key is None and speaker and re.match(rf"{re.escape(speaker)}(?:,| and\b)", found.name)
    return Named(speaker) if together else found


def speaking(sentence: Sentence, reading: Reading) -> Named | None:
    """The voice of the text, where it has one."""
    speaker = None if sums_up(reading) else voice(sentence, reading)
    return Named(speaker) if speaker else None


def sums_up(reading: Reading) -> bool:
    """True for a summary of what others submitted: whatever it calls for, others do."""
    item = reading.item
    head = (item.title, *(b.span for b in item.blocks[:_HEAD]))
    return any(_SUMS_UP.search(" ".join(item.document.quote(span).split())) for span in head)


def addressee(call: Call, sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Named | None:
    """Who is asked: one who can act; for 'X must be done' an agent named, never the thing done."""
    asked: Token | None = call.addressee
    if call.action is not None and child(call.action, "nsubjpass") is not None and call.frame != "directive":
        asked = agent(call.action)
    if asked is not None and asked.lower_ in _POINTING:
        return _pointed(asked, sentence, reading)
    directed = call.frame == "need" or (call.frame == "directive" and is_infinitive(call.action))
    if asked is not None and (directed or acts(asked, sentence, reading, vocabulary)):
        entity = entity_of(asked, sentence, reading)
        return None if entity is not None and entity.type in _NOBODY else whom(asked, sentence, reading)
    wanted = _wanted_from(call) or _possessor(call.addressee, vocabulary)
    if wanted is not None and acts(wanted, sentence, reading, vocabulary):
        return whom(wanted, sentence, reading)
    return _meant(call, sentence, reading, vocabulary)


def _pointed(pronoun: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """Whom a pronoun asks: the reader of a letter, or who was told before; 'we' and 'there' nobody."""
    if pronoun.lower_ in _SECOND_PERSON:
        return receiver(reading)
    if pronoun.lower_ not in _THINGS | _PEOPLE:
        return None
    found = _before(pronoun, sentence, reading)
    speaker = speaking(sentence, reading)
    return None if found is None or found == speaker else found


def _wanted_from(call: Call) -> Token | None:
    """Of whom something is wanted: 'demands action from X', 'must get an answer from X'."""
    if call.action is None or call.frame not in ("proposal", "deontic"):
        return None
    things = [call.action, child(call.action, "dobj"), call.head]
    found = (prepositional(t, "from") for t in things if t is not None)
    return next((t for t in found if t is not None and t.pos_ in ("NOUN", "PROPN")), None)


def _possessor(thing: Token | None, vocabulary: Vocabulary) -> Token | None:
    """Whose act must end: 'the government's campaign must be stopped'."""
    owner = child(thing, "poss") if thing is not None else None
    words = call_words(vocabulary)
    told = owner is not None and any(words.says(name, owner) for name in ("authority", "state"))
    return owner if told else None


def acts(asked: Token, sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> bool:
    """True for a noun that stands for somebody who can act."""
    words = call_words(vocabulary)
    if asked.pos_ == "PROPN" or any(words.says(name, asked) for name in ACTING):
        return True
    return entity_of(asked, sentence, reading) is not None


def whom(asked: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """The name of who is asked; 'the government' keeps its words, the state behind it is the link."""
    found = named(asked, sentence, reading)
    if found is None or found.key is None or asked.pos_ != "NOUN":
        return found
    if reading.entity[found.key].type != "Country":
        return found
    return Named(bare(noun_phrase(asked, coordinate=False)), found.key)


def _meant(call: Call, sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Named | None:
    """Whom a call means that names nobody: who gets the letter, or the state that other states review."""
    by = None if call.by is None else entity_of(call.by, sentence, reading)
    if by is not None and by.type == "Country":
        reviewed = under_review(reading, vocabulary)
        return reviewed if reviewed is None or reviewed.key != by.key else None
    return receiver(reading) if by is None else None


def _named(by: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """The name of who calls, in the fullest form; a place calls for nothing."""
    found = named(by, sentence, reading)
    if found is None or (found.key is not None and reading.entity[found.key].type in _NOBODY):
        return None
    return found if found.key is not None else _fuller(by, sentence, reading) or found


def _fuller(noun: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """'The experts': the first phrase before it with the same noun and words of its own."""
    modified = any(c.dep_ in ("amod", "compound", "nummod", "poss", "conj") for c in noun.children)
    if noun.pos_ != "NOUN" or modified or not any(c.lower_ in ("the", "these") for c in noun.children):
        return None
    for other in reading.sentences[: sentence.index]:
        for token in other.tokens:
            if token.lemma_ == noun.lemma_ and token.tag_ == noun.tag_ and token.dep_ != "compound":
                told = bare(noun_phrase(token, coordinate=False))
                if any(c.dep_ in ("amod", "compound", "nummod") for c in token.children):
                    return Named(told)
    return None


def _called(named_: Named, sentence: Sentence, reading: Reading) -> Named:
    """'Its secretary, X, told': the person who is named right after."""
    text = reading.item.document.text
    end = text.find(named_.name, sentence.span.start, sentence.span.end) + len(named_.name)
    for mention in reading.within(sentence.span):
        entity = reading.entity[mention.entity]
        if entity.type == "Person" and text[end : mention.span.start].strip() in (",", ""):
            return Named(entity.name, entity.key)
    return named_


def _in_full(named_: Named, sentence: Sentence, reading: Reading) -> Named:
    """A plain noun by which a source is called, as the text told it first: 'experts', 'UN experts'."""
    if named_.name.split()[0].lower() in _OWNED:
        return _called(named_, sentence, reading)
    if named_.key is not None or " " in named_.name or not named_.name.islower():
        return named_
    nouns = (t for s in reading.sentences[: sentence.index + 1] for t in s.tokens if t.lower_ == named_.name)
    full = (t for t in nouns if any(c.dep_ in ("amod", "compound", "nummod") for c in t.children))
    first = next(full, None)
    return named_ if first is None else Named(bare(noun_phrase(first, coordinate=False)))


def _before(pronoun: Token, sentence: Sentence, reading: Reading, *, quoted: bool = False) -> Named | None:
    """Whom a pronoun stands for: the subject told before it, in its sentence or the ones above it.

    Who is reminded that 'it has a duty' is that one; 'they said' after a quotation is nobody in it.
    """
    clause = pronoun.head
    told_to = child(clause.head, "dobj") if clause.dep_ == "ccomp" else None
    if told_to is not None and told_to.i < pronoun.i:
        return _fits(pronoun, told_to, sentence, reading)
    earlier = [t for t in sentence.tokens if t.i < pronoun.i and t.dep_ in NOUN_SUBJECTS]
    earlier = [] if quoted else earlier
    here = next((t for t in reversed(earlier) if not t.is_ancestor(pronoun)), None)
    if here is not None:
        return _fits(pronoun, here, sentence, reading)
    for other in reversed(reading.sentences[max(0, sentence.index - _BACK) : sentence.index]):
        if other.block.kind is not sentence.block.kind:
            return None
        told = (t for t in other.tokens if t.dep_ in NOUN_SUBJECTS)
        found = subject(other.tokens.root) or next(told, None)
        if found is None or found.lower_ in _THINGS | _PEOPLE:
            continue
        return _fits(pronoun, found, other, reading)
    return None


def _fits(pronoun: Token, noun: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """The name of a noun that a pronoun can stand for, by number and kind."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return None
    if _is_itself(noun, reading):
        return speaking(sentence, reading)
    entity = entity_of(noun, sentence, reading)
    if entity is not None and entity.type in _NOBODY:
        return None
    personal = entity is not None and entity.type == "Person"
    if personal != (pronoun.lower_ in _PEOPLE):
        return None
    several = noun.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in noun.children)
    if entity is None and several != (pronoun.lower_ == "they"):
        return None
    return _fuller(noun, sentence, reading) or named(noun, sentence, reading)


def _is_itself(by: Token, reading: Reading) -> bool:
    """True for a text or its makers speaking of themselves: 'this submission', 'the Commission' of itself."""
    phrase = noun_phrase(by, coordinate=False)
    if _ITSELF.fullmatch(phrase.text) is not None:
        return True
    if phrase.text.casefold() == f"the {reading.item.genre}":
        return True
    speaker = reading.item.speaker or ""
    alone = len(phrase) == 2 and phrase[0].lower_ in ("the", "our")  # noqa: PLR2004 - an article and a noun
    return alone and by.text[0].isupper() and by.text in speaker.split()


def _without_vocative(who: Token | None) -> Token | None:
    """'Mr President, X calls on': who calls stands beside whom the speech addresses."""
    if who is None or not any(c.lower_.rstrip(".") in _TITLES for c in who.children):
        return who
    later = (c for c in who.head.children if c.dep_ == "nsubj" and c.i > who.i + 1)
    return child(who, "appos") or next(later, who)


def _without_dateline(who: Token | None) -> Token | None:
    """'GENEVA — Five experts ask': the parse may take the place of a dateline for the subject."""
    if who is None or who.i - who.sent.start > _DATELINE:
        return who
    after = who.doc[who.right_edge.i + 1 : who.i + _DATELINE] if who.right_edge.i > who.i else ()
    marks = [t for t in (*who.children, *after) if t.text in _DASHES and t.i > who.i]
    if not marks:
        return who
    beside = (*who.head.children, *who.children)
    later = (c for c in beside if c.dep_ in ("nsubj", "appos") and c.i > marks[-1].i and c.pos_ != "NUM")
    return next(later, who)
