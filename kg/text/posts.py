"""Posts in a sentence: their words, their organisation, how far they reach.

A post is a noun phrase whose head is a post cue of the ontology, or a mandate of one person.
Its organisation is the entity after 'of', 'for' or 'at', or the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.languages.english import word_set
from kg.text.wordforms import TIMES, spaced
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from kg.model import Mention, Reading, Sentence
    from kg.vocabulary import Vocabulary

NAMED_BODIES = frozenset({"CivilSocietyOrganisation", "MediaOutlet", "PoliticalParty", "Company"})
LINKS = frozenset({"of", "for", "at", "in", "with"})
SKIPPED = word_set(
    "the a an its his her our their one former then current ex acting outgoing late first new recently "
    "currently also now longtime long-time prominent well-known"
)
_ONE_OF = ("one", "of", "the")
_DESCRIBING = 4
"""How many words may describe an organisation before its name: 'the national weekly X'."""
_UNITED = frozenset({"UN", "United Nations", "U.N."})
_LONGEST = 14
_DASHES = frozenset("-–—,")


@lru_cache(maxsize=4)
def posts(vocabulary: Vocabulary) -> frozenset[str]:
    """The head nouns of posts, in lower case."""
    return frozenset(v.casefold() for v in vocabulary.values(RG + "Tenure", RG + "postCue"))


@lru_cache(maxsize=4)
def professions(vocabulary: Vocabulary) -> frozenset[str]:
    """Posts that a people's adjective only describes: 'the Thai lawyer'."""
    return frozenset(v.casefold() for v in vocabulary.values(RG + "Tenure", RG + "counterCue"))


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a sentence: its words, its organisation, the token after it."""

    role: str
    organisation: Mention | None
    end: int
    owner: str | None = None
    """Name of the organisation, where no mention in the sentence names it."""


@lru_cache(maxsize=4)
def ranks(vocabulary: Vocabulary) -> frozenset[str]:
    """Ranks and dignities: titles that stand before a name and hold no office by themselves."""
    return frozenset(v.casefold() for v in vocabulary.values(RG + "RankWords", RG + "word"))


def signed_post(line: Sentence, vocabulary: Vocabulary) -> str | None:
    """The post that a line below a signature is: 'General Secretary', 'Director, Harbour Trust'."""
    words = [t for t in line.tokens if not t.is_space]
    end = next(
        (i for i, t in enumerate(words) if t.text in (",", "-", "–", "—", "|", "(") or t.lower_ in LINKS),
        len(words),
    )
    told = words[:end]
    if not told or len(told) > _LONGEST // 2 or told[-1].lower_ not in posts(vocabulary):
        return None
    return spaced([t.text for t in told])


class Posts:
    """The posts of one sentence, found from a token on."""

    def __init__(self, reading: Reading, sentence: Sentence, vocabulary: Vocabulary) -> None:
        self.reading, self.sentence = reading, sentence
        self.heads, self.professions = posts(vocabulary), professions(vocabulary)
        self.ranks = ranks(vocabulary)
        self.doc: Doc = sentence.tokens.doc
        self.stop = sentence.tokens.end
        self.at: dict[int, tuple[int, Mention]] = {}
        """Mentions by their first token, with the token after their last."""
        for mention in reading.within(sentence.span):
            inside = sentence.meeting(mention.span)
            if inside:
                self.at[inside[0]] = (inside[-1] + 1, mention)

    def _list(self, start: int) -> Iterator[Post]:
        """Posts joined by 'and'; the organisation of a later one also holds for those before."""
        found: list[Post] = []
        here = start
        for _ in range(4):
            post = self._post(here) or self._mandate(here)
            if post is None:
                other = self._phrase(here)
                token = self._token(other)
                if other == here or token is None or token.text != "and":
                    break
                here = other + 1
                continue
            found.append(post)
            here = post.end
            token = self._token(here)
            if token is None or token.text not in ("and", ",", "&"):
                break
            here += 1
            following = self._token(here)
            if token.text == "," and following is not None and following.text == "and":
                here += 1
        for at, post in enumerate(found):
            later = next((p.organisation for p in found[at:] if p.organisation), None)
            yield replace(post, organisation=later)

    def _phrase(self, start: int) -> int:
        """The token after a noun phrase that is no post: 'a climate activist'."""
        here = start
        while (
            (token := self._token(here)) is not None
            and token.pos_ in ("DET", "ADJ", "NOUN", "PROPN")
            and here not in self.at
        ):
            here += 1
        return here

    def _post(self, start: int) -> Post | None:
        """The post that begins at a token, or None."""
        here, owner = self._owner(self._skipped(start))
        begin = here = self._skipped(here)
        one = [t.lower_ for t in self.doc[start : start + len(_ONE_OF)]] == list(_ONE_OF)
        if one:
            begin, here, owner = start, start + len(_ONE_OF), None
        head = None
        while (
            (token := self._token(here)) is not None
            and here - begin < _LONGEST
            and not (here in self.at and not self._is_post(self.at[here][1]))
        ):
            if self._is_head(token) or (one and token.lemma_.casefold() in self.heads):
                head = here
            elif not (token.pos_ in ("NOUN", "PROPN", "ADJ") or token.text in ("-", "–", "in", "/")):
                break
            here += 1
        if head is None or (self.doc[head].tag_ in ("NNS", "NNPS") and not one):
            return None
        end, organisation = self._complement(head + 1)
        if organisation and owner and self.reading.entity[owner.entity].type == "Place":
            begin, owner = self._skipped(start), None
        if organisation and owner and self._is_ground(organisation) and not self._is_ground(owner):
            return Post(self._words(begin, end), owner, end)
        role = self._words(begin, end if organisation is None else self._before_link(head + 1, organisation))
        return Post(role, organisation or owner, self._past(end, organisation))

    def _is_ground(self, mention: Mention) -> bool:
        return self.reading.entity[mention.entity].type in ("Place", "Country")

    def _mandate(self, start: int) -> Post | None:
        """A mandate as a post: 'the first UN Independent Expert on ...', of the United Nations."""
        here = self._skipped(start)
        if here not in self.at or not self._is_post(self.at[here][1]):
            return None
        end, mention = self.at[here]
        return self._of_united_nations(mention.surface, end)

    def _of_united_nations(self, mandate: str, end: int) -> Post:
        """A mandate or office of the United Nations, which the item may name."""
        known = {e.key for e in self.reading.entities if e.name in _UNITED or _UNITED & set(e.aliases)}
        united = next((m for m in self.reading.mentions if m.entity in known), None)
        words = mandate.split()
        return Post(" ".join(words[1:] if united and words[0] in ("UN", "U.N.") else words), united, end)

    def _is_post(self, mention: Mention) -> bool:
        """True for the name of a mandate that one person holds."""
        words = mention.surface.replace(" for ", " on ").split(" on ")[0].split()
        return self.reading.entity[mention.entity].type == "Mechanism" and words[-1].casefold() in self.heads

    def _is_head(self, token: Token) -> bool:
        return token.lower_ in self.heads and token.pos_ in ("NOUN", "PROPN", "ADJ", "X", "VERB")

    def _skipped(self, here: int) -> int:
        while (
            (token := self._token(here)) is not None
            and here not in self.at
            and (token.lower_ in SKIPPED or (token.pos_ in ("ADV", "DET", "PRON") and token.tag_ != "PRP"))
        ):
            here += 1
        return here

    def _owner(self, here: int) -> tuple[int, Mention | None]:
        """The organisation before a post: 'UNIC director', 'China's Ambassador'."""
        if here in self.at and not self._is_post(self.at[here][1]):
            end, mention = self.at[here]
            if self.reading.entity[mention.entity].type != "Person":
                token = self._token(end)
                return (
                    end + 1 if token is not None and token.text in ("’s", "'s", "’", "'") else end
                ), mention
        return here, None

    def _complement(self, here: int) -> tuple[int, Mention | None]:
        """Where the complement of a post ends, and the organisation in it."""
        found: Mention | None = None
        while (token := self._token(here)) is not None:
            if token.text not in LINKS and not (token.text in ("to", "on") and found is None):
                break
            if token.text == "in" and found is not None:
                break
            inside = here + 1
            while (part := self._token(inside)) is not None and part.text in ("the", "its", "a", "an", "our"):
                inside += 1
            inside = self._past_description(inside)
            if inside in self.at and self.reading.entity[self.at[inside][1].entity].type != "Person":
                found = None if token.text == "to" else self.at[inside][1]
                here = self.at[inside][0]
                continue
            end = self._nouns(inside)
            if end == inside:
                break
            here, found = end, None
        return here, found

    def _past_description(self, here: int) -> int:
        """The token after words that describe the organisation named next: 'banned', 'national weekly'."""
        for at in range(here, here + _DESCRIBING + 1):
            token = self._token(at)
            if at in self.at:
                kind = self.reading.entity[self.at[at][1].entity].type
                return at if kind in NAMED_BODIES else here
            described = token is not None and (token.pos_ in ("ADJ", "NOUN") or token.tag_ in ("VBN", "VBG"))
            if not described:
                return here
        return here

    def _nouns(self, here: int) -> int:
        """The token after nouns, adjectives and the small words between them."""
        first = last = here
        while (token := self._token(here)) is not None and here not in self.at:
            if token.pos_ in ("NOUN", "PROPN", "ADJ") or (token.tag_ == "VBG" and here == first):
                last = here + 1
            elif not (token.text in ("and", "-", "–", "&") and last == here):
                break
            here += 1
        return last

    def _before_link(self, start: int, organisation: Mention) -> int:
        """The token after the role: what stands before the link to its organisation."""
        at = next(i for i, (_, m) in self.at.items() if m is organisation)
        here = at - 1
        while here >= start and self.doc[here].text not in LINKS:
            here -= 1
        return max(here, start)

    def _past(self, end: int, organisation: Mention | None) -> int:
        """The token after an organisation's acronym in brackets."""
        if organisation is not None and (token := self._token(end)) is not None and token.text == "(":
            for close in range(end, min(end + 6, self.stop)):
                if self.doc[close].text == ")":
                    return close + 1
        return end

    def _words(self, start: int, end: int) -> str:
        """The words of a role, without dashes at its ends and the time after it."""
        while start < end and self.doc[start].text in _DASHES:
            start += 1
        timed = next((i for i in range(start + 1, end) if self.doc[i].text in TIMES), end)
        if timed < end and self.doc[timed - 1].lower_ in ("in", "on", "since", "from"):
            end = timed - 1
        return spaced([t.text for t in self.doc[start:end]])

    def _token(self, at: int) -> Token | None:
        return self.doc[at] if self.sentence.tokens.start <= at < self.stop else None
