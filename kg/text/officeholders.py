"""What stands beside a person and says which post they hold: apposition, title, predicate, appointment.

In: a sentence of a reading with its mentions. Out: persons with posts. Frames, each read from the
words beside a person's mention: 'X, director of Y', 'Y director X', 'a spokesperson for Y, X',
'its director, X', 'X is the head of Y', 'appointed X as Y', 'X, who leads Y'.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.countries import country_for
from kg.text.naming import entity_of, voice
from kg.text.posts import SKIPPED, Post, Posts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Mention

_APPOINTS = frozenset(
    {
        "appoint",
        "name",
        "elect",
        "nominate",
        "appointment",
        "nomination",
        "election",
        "designate",
        "select",
        "serve",
    }
)
_LEADS = {
    "head": "head",
    "lead": "leader",
    "chair": "chair",
    "direct": "director",
    "found": "founder",
    "edit": "editor",
    "co-found": "co-founder",
    "cofound": "co-founder",
}
_BODIES = frozenset(
    {
        "CivilSocietyOrganisation",
        "MediaOutlet",
        "PoliticalParty",
        "StateBody",
        "Mechanism",
        "Company",
        "IntergovernmentalBody",
    }
)
_COMPLEMENTED = frozenset({"of", "for", "at"})
_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP"})
_REACH = 14
_POSSESSIVES = ("’s", "'s", "’", "'")
_VOICES = frozenset({"speaker", "editor", "reporter", "correspondent", "presenter", "translator"})
"""Labels that tell who speaks or writes a text, and no office."""
_HYPHENS = ("-", "–")
_SOVEREIGN = frozenset({"president", "premier", "minister", "king", "queen", "emir", "sultan", "monarch"})
"""Posts that are the country's where the text calls them 'the'."""
_ARMS = frozenset({"police", "army", "military", "navy", "government", "presidential", "ministry"})
"""Arms of a state whose posts need no name: 'police spokesman'."""
_LABEL = 8
_LOOSE = frozenset({"member", "leader", "organiser", "organizer", "fellow", "owner", "teacher", "advocate"})
"""Heads whose complement tells no post: 'leader of the march'."""
_TITLES = frozenset(
    {"Dr", "Professor", "Prof", "Mr", "Ms", "Mrs", "Sir", "Dame", "Rtd", "Retd", "Hon", "Rev", "Gen"}
)


class Frames(Posts):
    """The frames of one sentence: what stands beside a person, and the post in it."""

    def all(self) -> Iterator[tuple[Entity, Post]]:
        """Persons with their posts."""
        carried: tuple[int, Mention] | None = None
        for start, (end, mention) in sorted(self.at.items()):
            entity = self.reading.entity[mention.entity]
            if entity.type == "Person":
                before = [p for p in self._before(start, carried) if self._telling(p)]
                before = before or list(self._apposed(start))
                carried = next(((end, p.organisation) for p in before if p.organisation), None)
                found = [
                    *before,
                    *self._labelled(start),
                    *self._led_by(start),
                    *self._after(end),
                    *self._appointed(end),
                    *self._leads(end),
                ]
                yield from ((entity, p) for p in found if self._telling(p))
        yield from ((e, p) for e, p in self._pronoun() if self._telling(p))

    def _telling(self, post: Post) -> bool:
        """True for a post of some organisation, or one that is written as a title and is no profession."""
        if post.organisation is not None or post.owner is not None:
            return True
        words = post.role.casefold().split()
        head = words[-1].split("-")[-1] if words else ""
        if len(words) > 1 and words[0] in _ARMS and head not in self.professions:
            return True
        if post.role.split()[-1:] == [head] and head in self.professions:
            return False
        if words[-2:] == ["of", "parliament"]:
            return True
        cut = next((i for i, w in enumerate(words) if w in _COMPLEMENTED), 0)
        if cut and words[cut - 1] in self.heads and words[cut - 1] not in _LOOSE:
            return True
        single = head not in self.professions and head not in self.ranks
        return post.role[:1].isupper() and (" " in post.role or single)

    def _after(self, end: int) -> Iterator[Post]:
        """'X, founder and director of Y'; 'X is the head of Y'; 'X Head of Y for Z'."""
        token = self._token(end)
        if token is None:
            return
        if token.text in (",", "–", "—", "("):
            found = list(self._list(end + 1))
            if not (found and self._is_person(found[-1].end)):
                yield from (self._of_state(post, end + 1) for post in found)
        elif token.lemma_ == "be":
            yield from self._predicates(token)
        elif token.text[0].isupper() and end not in self.at:
            yield from self._list(end)

    def _is_person(self, at: int) -> bool:
        """True where a person's name begins at a token: the post before it is theirs."""
        return at in self.at and self.reading.entity[self.at[at][1].entity].type == "Person"

    def _of_state(self, post: Post, start: int) -> Post:
        """'X, the ousted president': the post of the country that the context tells."""
        words = post.role.casefold().split()
        definite = self.doc[start].lower_ == "the" and post.role.islower()
        if post.organisation or post.owner or not definite or words[-1] not in _SOVEREIGN:
            return post
        if words[-1] == "minister" and words[-2:] != ["prime", "minister"]:
            return post
        return replace(post, owner=self._state(self.doc[start]))

    def _predicates(self, verb: Token) -> Iterator[Post]:
        """'X is an expert on Z and the Chief Executive of Y'."""
        nouns = [
            n for child in verb.children if child.dep_ in ("attr", "dobj") for n in (child, *child.conjuncts)
        ]
        for noun in nouns:
            left = noun.left_edge.i
            while self.doc[left].dep_ in ("cc", "punct") and left < noun.i:
                left += 1
            yield from self._list(left)
        for here in range(verb.i + 1, self.stop - 2):
            if self.doc[here].tag_ in ("VBZ", "VBD", "VBP", "MD"):
                return
            if self.doc[here].text == "and" and self.doc[here + 1].lower_ == "the":
                post = self._post(here + 2)
                if post and post.organisation and post.role[0].isupper():
                    yield post

    def _before(self, start: int, carried: tuple[int, Mention] | None = None) -> Iterator[Post]:
        """'Y director X', 'President X', 'Y's ambassador to Z X'."""
        here = self._post_before(start)
        token = self._token(here)
        if token is None or not self._is_head(token) or token.tag_ in ("NNS", "NNPS"):
            return
        titled = next((m for e, m in self.at.values() if e == here + 1), None)
        if titled and self.reading.entity[titled.entity].type in ("IntergovernmentalBody", "Mechanism"):
            yield self._of_united_nations(titled.surface, start)
            return
        begin = self._beginning(here)
        ends = {begin, *([begin - 1] if self.doc[max(0, begin - 1)].text in _POSSESSIVES else [])}
        owner = next((m for e, m in self.at.values() if e in ends), None)
        kind = self.reading.entity[owner.entity].type if owner else ""
        owner = None if kind == "Person" else owner
        if kind == "Country" and token.lower_ in self.professions:
            return
        role = self._words(begin, self._trimmed(start))
        if owner is None and role[:1].islower():
            yield from self._shared(begin, role, start, carried)
        whose = self._whose(begin) if owner is None else None
        if owner is not None or whose or role[:1].isupper() or role.split()[0] in _ARMS:
            yield Post(role, owner, start, whose)

    def _shared(
        self, begin: int, role: str, start: int, carried: tuple[int, Mention] | None
    ) -> Iterator[Post]:
        """The organisation of the post before: 'Y director A, editor B', 'Y journalist and poet A'."""
        if carried is not None and carried[0] < begin:
            between = {t.text for t in self.doc[carried[0] : begin]}
            if between <= {",", "and"}:
                yield Post(role, carried[1], start)
                return
        joint, first = self._token(begin - 1), self._token(begin - 2)
        if joint is None or first is None or joint.text != "and" or not self._is_head(first):
            return
        opens = self._beginning(begin - 2)
        owner = next((m for e, m in self.at.values() if e == opens), None)
        if owner is not None and self.reading.entity[owner.entity].type in _BODIES:
            yield Post(self._words(opens, begin - 1), owner, start)
            yield Post(role, owner, start)

    def _labelled(self, start: int) -> Iterator[Post]:
        """'Head of state: X (replaced Z in June)': a post of the country that the text is about."""
        opening = self.sentence.tokens.start
        colon = next(
            (i for i in range(opening + 1, min(start, opening + _LABEL)) if self.doc[i].text == ":"), 0
        )
        heads = [t for t in self.doc[opening:colon] if self._is_head(t)]
        if not heads or opening in self.at or heads[-1].lower_ in _VOICES:
            return
        replaced = [t.lower_ for t in self.doc[max(colon, start - 2) : start]] == ["(", "replaced"]
        if self._trimmed(start) - 1 == colon or replaced:
            yield Post(self._words(opening, colon), None, start, self._state(heads[0]))

    def _state(self, token: Token) -> str | None:
        """The name of the country that the context tells."""
        country = country_for(self.reading, self.sentence, token)
        known = [e for e in self.reading.entities if e.type == "Country" and e.country == country]
        return known[0].name if known else None

    def _led_by(self, start: int) -> Iterator[Post]:
        """'The delegation of Y was headed by X'."""
        by = self._token(start - 1)
        if (
            by is None
            or by.lower_ != "by"
            or by.head.lemma_.casefold() not in _LEADS
            or by.head.tag_ != "VBN"
        ):
            return
        verb = by.head
        noun = next((c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj")), None)
        noun = verb.head if noun is None and verb.dep_ == "acl" else noun
        if noun is None:
            return
        body = next((m for b, (e, m) in self.at.items() if b <= noun.i < e), None)
        if noun.lower_ == "delegation":
            yield Post("head of delegation", body or self._of_delegation(noun), start)
        elif body is not None and self.reading.entity[body.entity].type in _BODIES:
            yield Post(_LEADS[verb.lemma_.casefold()], body, start)

    def _of_delegation(self, noun: Token) -> Mention | None:
        """The state or body whose delegation it is: 'the delegation of Y', 'Y's delegation'."""
        inside = range(noun.left_edge.i, noun.right_edge.i + 1)
        return next((m for b, (_, m) in sorted(self.at.items()) if b in inside), None)

    def _whose(self, begin: int) -> str | None:
        """The organisation behind 'its director' and 'our secretary'."""
        token = self._token(begin - 1)
        if token is None or token.tag_ != "PRP$":
            return None
        if token.lower_ == "our" or self.reading.item.genre == "resolution":
            return voice(self.sentence, self.reading)
        return self._named_before(token) if token.lower_ in ("its", "their") else None

    def _named_before(self, token: Token) -> str | None:
        """The organisation that a pronoun stands for: the one named last, here or a sentence before."""
        here = self.sentence.source(token).start
        index = self.sentence.index
        for other in reversed(self.reading.sentences[max(0, index - 1) : index + 1]):
            told = [m for m in self.reading.within(other.span) if m.span.end <= here]
            bodies = [e for m in told if (e := self.reading.entity[m.entity]).type in _BODIES]
            if bodies:
                return bodies[-1].name
        return None

    def _apposed(self, start: int) -> Iterator[Post]:
        """'A spokesperson for the regulator, X': a post with a complement before a comma and the name."""
        begins = start
        comma = self._token(start - 1)
        if comma is None or comma.text not in (",", "–", "—"):
            return
        here = start - 2
        while (token := self._token(here)) is not None and begins - here < _REACH:
            if self._is_head(token) and not any(b <= here < e for b, (e, _) in self.at.items()):
                following = self._token(here + 1)
                if following is None or following.text not in _COMPLEMENTED:
                    return
                begin = self._beginning(here)
                post = self._post(begin)
                if post is not None and post.end == start - 1:
                    yield post if post.organisation else self._of_body(post, here + 2)
                return
            small = token.lower_ in ("the", "of", "for", "and", "’s", "'s")
            if token.pos_ not in _PHRASE and token.tag_ != "VBN" and not small:
                return
            here -= 1

    def _of_body(self, post: Post, here: int) -> Post:
        """With what 'the regulator' stands for as its organisation, where the item tells."""
        while (token := self._token(here)) is not None and token.pos_ in ("DET", "ADJ"):
            here += 1
        if token is None:
            return post
        entity = entity_of(token, self.sentence, self.reading)
        body = entity.name if entity is not None and entity.type in _BODIES else None
        role = post.role
        return Post(role, None, post.end, body)

    def _trimmed(self, start: int) -> int:
        """The token after what stands before a name, without comma and title."""
        here = start - 1
        while (token := self._token(here)) and (
            token.text in (",", ".") or token.text.rstrip(".") in _TITLES
        ):
            here -= 1
        return here + 1

    def _post_before(self, start: int) -> int:
        """The last token of a post before a name; 'Ambassador' in 'Ambassador to the United Kingdom X'."""
        last = self._trimmed(start)
        bodies = ("Country", "IntergovernmentalBody")
        abroad = next(
            (
                i
                for i, (e, m) in self.at.items()
                if e == last and self.reading.entity[m.entity].type in bodies
            ),
            0,
        )
        if abroad > 1 and "to" in (self.doc[abroad - 1].text, self.doc[abroad - 2].text):
            last = abroad
            while self.doc[last - 1].text in ("to", "the"):
                last -= 1
        return last - 1

    def _beginning(self, here: int) -> int:
        """The first token of the noun phrase that ends in a post."""
        while (token := self._token(here - 1)) and not any(
            b <= here - 1 < e for b, (e, _) in self.at.items()
        ):
            noun = token.pos_ in ("NOUN", "PROPN", "ADJ") and token.lower_ not in SKIPPED
            joined = token.text == "in" and self.doc[here].text in _HYPHENS
            if not (noun or joined or token.text in _HYPHENS):
                break
            here -= 1
        return here

    def _appointed(self, end: int) -> Iterator[Post]:
        """'the appointment of X as Y', 'X was elected Y'."""
        for here in range(end, min(end + 7, self.stop)):
            token = self.doc[here]
            near = self.doc[max(self.sentence.tokens.start, end - 16) : here]
            before = {w for t in near for w in (t.lemma_.casefold(), t.lower_.removesuffix("s"))}
            if (token.text == "as" and before & _APPOINTS) or (
                token.lemma_ in _APPOINTS
                and token.tag_ == "VBN"
                and here + 1 < self.stop
                and self.doc[here + 1].text != "as"
            ):
                post = self._mandate(here + 1) or self._post(here + 1)
            else:
                continue
            if post:
                yield replace(post, owner=self._whose(here + 2) if post.organisation is None else None)
            return

    def _leads(self, end: int) -> Iterator[Post]:
        """'X, who leads Y', 'X founded Y'."""
        here = end
        while (token := self._token(here)) is not None and (
            token.text == "," or token.lower_ in ("who", "has", "had", "also") or token.pos_ == "ADV"
        ):
            here += 1
        token = self._token(here)
        if token is None or token.pos_ != "VERB" or token.lemma_.casefold() not in _LEADS:
            return
        inside = here + 1
        while (part := self._token(inside)) is not None and part.lower_ in ("the", "its", "a", "an"):
            inside += 1
        if part is not None and part.lower_ == "delegation" and token.lemma_.casefold() in ("head", "lead"):
            body = next((m for b, (_, m) in sorted(self.at.items()) if part.i < b <= part.right_edge.i), None)
            yield Post("head of the delegation", body, inside, None if body else self._state(part))
        if inside in self.at and self.reading.entity[self.at[inside][1].entity].type in _BODIES:
            yield Post(_LEADS[token.lemma_.casefold()], self.at[inside][1], self.at[inside][0])

    def _pronoun(self) -> Iterator[tuple[Entity, Post]]:
        """'She is the head of Y' after a sentence about X; 'I am the head of Y' in X's answer."""
        first, second = self._token(self.sentence.tokens.start), self._token(self.sentence.tokens.start + 1)
        if first is None or second is None or first.lower_ not in ("he", "she", "i"):
            return
        person = self._referent(first.lower_)
        if person is None:
            return
        start = self.sentence.tokens.start + 1
        found = (
            self._predicates(second)
            if second.lemma_ == "be" or second.text in ("’s", "'s", "’m", "'m")
            else self._leads(start)
        )
        yield from ((person, p) for p in found)

    def _referent(self, pronoun: str) -> Entity | None:
        if pronoun == "i":
            speaker = self.sentence.block.speaker
            return next((e for e in self.reading.entities if e.type == "Person" and e.name == speaker), None)
        index = self.sentence.index
        for earlier in reversed(self.reading.sentences[max(0, index - 2) : index]):
            told = [
                e
                for m in self.reading.within(earlier.span)
                if (e := self.reading.entity[m.entity]).type == "Person"
            ]
            if told:
                return told[0] if len({e.key for e in told}) == 1 else None
        return None
