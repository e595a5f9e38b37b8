"""The names of victims and perpetrators: from the heads of phrases to what the text calls them.

In: the heads that `kg.text.participants` found. Out: a name and, where it is an entity of the
item, its key. An apposed proper name counts before the noun ('the journalist, Ana Silva');
general words keep what describes them ('people who criticise the government'); a pronoun
takes the entity that it stands for, or the plural noun phrase of persons before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.text import appositions, coreference, syntax, wording
from kg.text.standing import standing_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Reading, Sentence
    from kg.text.attribution import Attribution
    from kg.text.lexicon import Lexicon
    from kg.text.participants import Participants

Named = tuple[str | None, str | None]
NOBODY: Named = (None, None)
REACH = 2
"""How many sentences back a plural pronoun is followed."""
PLURAL = frozenset({"they", "them", "their", "themselves"})
ANYBODY = frozenset({"those", "others", "anyone", "everyone"})
NOBODY_KNOWN = frozenset({"those", "others", "such", "ones", "some", "many", "one", "several"})
"""Words that name nobody by themselves."""
SPEAKER = frozenset({"i", "me", "my", "myself"})
SUFFERERS = ("person", "organisation", "media", "party", "gathering", "place", "authority")
"""Sets of words for those to whom something can be done."""
TERRITORIES = frozenset({"Country", "Place"})
WATCHERS = frozenset({"Mechanism", "IntergovernmentalBody", "CivilSocietyOrganisation"})
ORGANS = frozenset({"Country", "StateBody"})
"""What a noun that stands for it names as well: 'the authorities'. The key tells whose."""


class Site(NamedTuple):
    """Where a party is named."""

    reading: Reading
    sentence: Sentence
    anchor: Token
    """The word that tells the act."""
    lex: Lexicon
    said: Attribution
    """Who says so."""


def names(at: Site, who: Participants) -> tuple[Named, Named]:
    """What the text calls the first victim and the first perpetrator that it names, never the same."""
    victim, doer = _victim(at, who.victims), _perpetrator(at, who.perpetrators)
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


def _victim(at: Site, heads: Iterable[Token]) -> Named:
    for head in heads:
        whole = head.head if head.dep_ == "poss" and head.head.pos_ in ("NOUN", "PROPN") else head
        for token in dict.fromkeys((*_owners(head, at.lex), whole)):
            found = _name(at, token)
            if found != NOBODY and not _is_territory(at.reading, found):
                return found
    return NOBODY


def _owners(head: Token, lex: Lexicon) -> Iterator[Token]:
    """Who suffers where a thing does: 'his telephone', 'the newspaper's offices'."""
    if head.pos_ != "NOUN" or any(lex.says(s, head) for s in SUFFERERS):
        yield head
    else:
        yield from (c for c in head.children if c.dep_ == "poss")


def _perpetrator(at: Site, heads: Iterable[Token]) -> Named:
    for head in heads:
        if head.lower_ in PLURAL:
            return _before(at, head, _has_power), None
        found = _name(at, head)
        if found != NOBODY and not (_watches(at.reading, found) and not _is_outright(at, head)):
            return found
    return NOBODY


def _watches(reading: Reading, found: Named) -> bool:
    """True for a body that watches over rights: it stands beside acts far more often than behind them."""
    key = found[1]
    return key is not None and reading.entity[key].type in WATCHERS


def _is_outright(at: Site, head: Token) -> bool:
    """True for who the text says in so many words did it: 'by X', 'X arrested'."""
    if head.dep_ == "pobj" and head.head.lower_ == "by":
        return True
    return syntax.is_verbal(at.anchor) and head in standing_to(at.anchor, at.lex).arguments.get("subj", ())


def _is_territory(reading: Reading, found: Named) -> bool:
    key = found[1]
    return key is not None and reading.entity[key].type in TERRITORIES


def _name(at: Site, head: Token) -> Named:
    if syntax.is_negated(head) or _is_hardly_any(head) or at.lex.says("nobody", head):
        return NOBODY
    head = _counted(head) or _named_among(head) or head
    if head.lower_ in SPEAKER and at.said.key is not None and at.reading.entity[at.said.key].type == "Person":
        return at.said.claimant, at.said.key
    people = appositions.persons_at(at.reading, at.sentence, head, at.lex)
    if people:
        return appositions.joined(people), people[0].key
    apposed = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    for token in (head,) if apposed is None else (apposed, head):
        entity = coreference.resolve(at.reading, at.sentence, token)
        if entity is not None and not _is_people_of(token, entity):
            as_told = entity.type in ORGANS and _stands_for(at, head, entity)
            return (wording.phrase(head, at.anchor, at.lex) if as_told else entity.name), entity.key
    return _described(at, head, apposed), None


def _is_hardly_any(head: Token) -> bool:
    """True for 'not many countries' and 'not a single person': of those it is said that they didn't."""
    before = head.doc[head.left_edge.i : head.i]
    return any(t.lower_ == "not" and t.nbor().lower_ in ("many", "a", "one", "all", "every") for t in before)


def _named_among(head: Token) -> Token | None:
    """Who is told to be among those: 'Ana Silva is said to have been among five persons arrested'."""
    among = head.head
    if head.dep_ != "pobj" or among.lower_ not in ("among", "of"):
        return None
    verb = among.head
    if among.lower_ == "of":
        if not (verb.tag_ == "CD" and verb.dep_ == "attr"):
            return None
        verb = verb.head
    if verb.lemma_.lower() != "be":
        return None
    return next((s for s in syntax.grammatical_subjects(verb)[0] if s.pos_ == "PROPN"), None)


def _described(at: Site, head: Token, apposed: Token | None) -> str | None:
    """What those are called who are no entity of the item."""
    if head.lower_ in SPEAKER:
        return at.sentence.block.speaker
    if head.lower_ in PLURAL:
        return _before(at, head, _is_group)
    if head.tag_ == "CD" or (head.pos_ == "PRON" and head.lower_ not in ANYBODY):
        return None
    name = wording.phrase(apposed if apposed is not None else head, at.anchor, at.lex)
    return None if name.casefold() in NOBODY_KNOWN else name


def _is_people_of(token: Token, entity: Entity) -> bool:
    """True for the people of a state, who aren't the state: '650 Palestinians'."""
    plural = token.tag_ in ("NNS", "NNPS")
    return plural and entity.type in TERRITORIES and token.text not in entity.name.split()


def _stands_for(at: Site, token: Token, entity: Entity) -> bool:
    """True for a word that is told as it stands: 'the government' and 'the State', not 'Peru'."""
    if coreference.mention_at(at.reading, at.sentence, token) is None:
        return token.lemma_.casefold() in coreference.EXECUTIVE
    return at.lex.says("authority", token) and token.lower_ not in entity.name.casefold().split()


def _counted(head: Token) -> Token | None:
    """Those of whom a bare number tells: 'two of them', 'of these persons, 388'."""
    if head.tag_ != "CD":
        return None
    for governor in (head, head.head):
        for prep in governor.children:
            if prep.dep_ == "prep" and prep.lower_ == "of" and prep.i != head.i:
                return next((c for c in prep.children if c.dep_ == "pobj"), None)
    return None


def _before(at: Site, pronoun: Token, fits: Callable[[Token, Lexicon], bool]) -> str | None:
    """The plural noun phrase that 'they' stands for: the subject nearest before it that fits."""
    for back in range(REACH + 1):
        place = at.sentence.index - back
        if place < 0 or at.reading.sentences[place].block.span != at.sentence.block.span:
            return None
        found = [
            t
            for t in at.reading.sentences[place].tokens
            if _is_plural(t) and (back or t.i < pronoun.i) and fits(t, at.lex)
        ]
        subjects = [t for t in found if t.dep_ in syntax.NOUN_SUBJECTS]
        if found:
            meant = syntax.first_conjunct((subjects or found)[-1 if not back else 0])
            return wording.phrase(meant, at.anchor, at.lex)
    return None


def _is_plural(noun: Token) -> bool:
    """True for what 'they' can stand for: the police are several in every tag."""
    return noun.tag_ in ("NNS", "NNPS") or (noun.pos_ in ("NOUN", "PROPN") and noun.lower_ == "police")


def _is_group(noun: Token, lex: Lexicon) -> bool:
    return any(lex.says(s, noun) for s in ("person", "organisation")) and not lex.says("officer", noun)


def _has_power(noun: Token, lex: Lexicon) -> bool:
    """True for those who act with power over others, the only ones whom 'they' may accuse."""
    return noun.dep_ in ("nsubj", "nsubjpass", "conj", "pobj") and lex.says("powerful", noun)
