"""Is a capitalised stretch a person's name? Evidence from the words beside it, added up.

A wrong fact about a person is the worst error, so a name counts only where something in the
item says person: a post or title before it, a description after it, an age, what it does or
suffers. The parser's own entity recogniser was measured at precision 0.58 on this kind of
text and is not asked.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.languages.english import FUNCTION_WORDS, PARTICLES, POSTS, word_set
from kg.text.glue import is_word
from kg.text.wordforms import TITLES, is_common

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

    from kg.text.kinds import Kinds
    from kg.text.names import Name

_TOLD = 1.5
ENOUGH = 2.0
"""Evidence from which on a name is a person's."""
_SPEAKS = word_set(
    "say tell add write explain note claim argue believe think stress warn announce comment recall "
    "state ask reply insist express speak urge declare post tweet testify deny admit confirm describe "
    "concede acknowledge"
)
_SUFFERS = word_set(
    "arrest detain sentence jail imprison kill torture release charge convict abduct kidnap murder "
    "assassinate shoot beat acquit hold summon interrogate harass threaten deport extradite indict "
    "accuse try free apprehend behead execute bail injure wound attack assault disappear sue fine "
    "nominate appoint elect dismiss replace succeed oust award honour honor"
)
_LIVES = word_set(
    "die flee marry graduate return travel arrive resign refuse appeal plead serve leave work join lead"
)
_SUFFERED = word_set(
    "arrest detention imprisonment death killing murder trial release conviction sentencing "
    "disappearance abduction kidnapping torture assassination prosecution beating shooting harassment "
    "acquittal extradition deportation execution"
)
_FOLLOWED = word_set("replacement succession")
_INCLUDING = frozenset({"including", "like", "namely"})
_PLACED = frozenset(
    {"in", "at", "near", "from", "outside", "to", "into", "across", "around", "toward", "towards"}
)
_AGE = re.compile(r"\d{1,2}")
_ALPHABETIC = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]*)*")
_LONGEST = 5
_OLDEST = 110


def shaped(name: Name) -> bool:
    """True where the words can be a person's: two to five words of letters, none of them small."""
    words = [w for w in name.words if w not in ("-", "’", "'", ".", "’s")]
    if not 1 < len(words) <= _LONGEST + 1 or any(not _ALPHABETIC.fullmatch(w) for w in words):
        return False
    if sum(w.isupper() and len(w) > 1 for w in words) > 1 and not all(w.isupper() for w in words):
        return False
    last = len(words) - 1
    return not any(
        w.casefold() in FUNCTION_WORDS and w not in PARTICLES and not (i == last > 1 and w.istitle())
        for i, w in enumerate(words)
    )


def evidence(name: Name, doc: Doc, kinds: Kinds) -> float:
    """How much one occurrence says that its name is a person's."""
    score = 3.0 if name.how == "post" else 0.0
    score += _before(name, doc, kinds) + _after(name, doc, kinds) + _role(name, doc, kinds)
    given = sum(w in kinds.given for w in name.words)
    strange = sum(not is_word(w) for w in name.words if w[0].isalpha()) + given
    common = sum(is_common(w) and w not in kinds.given for w in name.words)
    return score + min(1.4, 0.7 * strange) - (0.3 if score >= _TOLD else 0.7) * common


def _first(signs: Iterable[tuple[object, float]]) -> float:
    """The weight of the first sign that holds, 0 where none does."""
    return next((weight for told, weight in signs if told), 0.0)


def _before(name: Name, doc: Doc, kinds: Kinds) -> float:
    """What the word before a name says."""
    if name.start == 0:
        return 0.0
    before, earlier = doc[name.start - 1], doc[max(0, name.start - 2)]
    beside = earlier if before.text == "," else before
    person = kinds.is_person(beside.text) and not beside.text.endswith("s")
    low = before.lower_
    return _first(
        (
            (before.text.rstrip(".") in TITLES, 3.0),
            (before.text == "," and person, 1.5),
            (before.text == ",", 0.0),
            (low == "the", -2.0),
            (before.text == ":" and _labelled(name, doc, kinds), 2.0),
            (low in _INCLUDING and _persons_before(name, doc, kinds), 1.6),
            (low == "by" and earlier.lemma_ in _FOLLOWED, 1.2),
            (person and len(name.words) > 1 and before.text.islower(), 2.5),
            (person, 2.0),
            (kinds.is_person(before.lemma_), 1.0),
            (before.lemma_.casefold() in _SPEAKS and before.pos_ == "VERB", 1.2),
            (low == "of" and earlier.lemma_ in _SUFFERED, 1.5),
            (low in ("named", "called", "identified", "like", "including", "aged"), 0.7),
            (low in _PLACED, -1.0),
        )
    )


def _labelled(name: Name, doc: Doc, kinds: Kinds) -> bool:
    """True after a post and a colon at the beginning: 'Head of state: X'."""
    told = list(doc[name.start - 1].sent)
    words = [t.text for t in told if t.i < name.start - 1]
    return 0 < len(words) <= _LONGEST and any(kinds.is_person(w) for w in (words[0], words[-1]))


def _persons_before(name: Name, doc: Doc, kinds: Kinds) -> bool:
    """True where 'including' goes on from persons: 'prisoners, including X'."""
    noun = next((t for t in reversed(doc[max(0, name.start - 4) : name.start - 1]) if t.pos_ == "NOUN"), None)
    return noun is not None and kinds.is_person(noun.lemma_.casefold())


def _after(name: Name, doc: Doc, kinds: Kinds) -> float:
    """What the words after a name say."""
    rest = list(doc[name.end : name.end + 9])
    if not rest:
        return 0.0
    first, following = rest[0], rest[1:]
    if first.text == ",":
        return _after_comma(following, kinds)
    if first.lemma_ == "be":
        described = _description(following, kinds)
        return 1.5 if described == "Person" else -1.5 if described else 0.3
    return _first(
        (
            (first.text == "(" and following and _AGE.fullmatch(following[0].text), 2.5),
            (first.lemma_.casefold() in _SPEAKS and first.tag_ in ("VBD", "VBZ"), 1.0),
            (first.text in POSTS and name.how != "post", 1.5),
            (first.lower_ in ("who", "himself", "herself"), 2.0),
            (first.text in ("’s", "'s", "’", "'") and following and following[0].lemma_ in _KIN, 1.5),
        )
    )


def _after_comma(following: list[Token], kinds: Kinds) -> float:
    """What an addition says: an age, 'who', a description."""
    if not following:
        return 0.0
    first = following[0]
    described = _description(following, kinds)
    return _first(
        (
            (_is_aged(following), 2.5),
            (_AGE.fullmatch(first.text) and int(first.text) < _OLDEST, 2.5),
            (first.lower_ in ("who", "whose", "aged", "whom"), 2.0),
            (described == "Person", 2.0),
            (described, -2.0),
        )
    )


def _is_aged(tokens: list[Token]) -> bool:
    """True for 'a mechanic of 23' and 'a cutter aged 26'."""
    if tokens[0].lower_ not in ("a", "an", "the"):
        return False
    for here, following in pairwise(tokens[1:]):
        if here.lower_ in ("of", "aged"):
            return _AGE.fullmatch(following.text) is not None and int(following.text) < _OLDEST
        if here.pos_ not in ("NOUN", "ADJ", "PROPN"):
            return False
    return False


_KIN = word_set(
    "wife husband mother father son daughter brother sister family lawyer arrest detention death trial "
    "case conviction sentence body health release imprisonment house home relatives parents murder "
    "killing friend colleague supporter office order presidency"
)


def _description(tokens: list[Token], kinds: Kinds) -> str | None:
    """The class that a noun phrase after a name describes: 'a climate activist'."""
    words: list[str] = []
    for at, token in enumerate(tokens):
        if token.lower_ == "of" and at and tokens[at - 1].pos_ == "NUM":
            continue
        if token.text in ("’s", "'s"):
            continue
        if token.text in (",", ".", ";", "(", ")") or token.lower_ in (
            "of",
            "at",
            "for",
            "who",
            "that",
            "in",
            "with",
            "and",
            "to",
            "from",
        ):
            break
        words.append(token.lemma_ if token.pos_ == "NOUN" else token.text)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "PRON", "ADV", "NUM", "PUNCT", "VERB"):
            break
    for end in range(len(words), 0, -1):
        found = kinds.described(words[:end])
        if found:
            return found[0]
    return None


def _role(name: Name, doc: Doc, kinds: Kinds) -> float:
    """What the sentence says that the named does or suffers."""
    span = doc[name.start : name.end]
    root = span.root
    head = root.head
    if head.pos_ not in ("VERB", "AUX"):
        if root.dep_ != "appos" or head.i > root.i:
            return 0.0
        while head.dep_ == "pobj" and head.head.head.pos_ == "NOUN":
            head = head.head.head  # 'a spokesperson for the regulator, X': the person is the spokesperson
        if head.pos_ != "NOUN":
            return 0.0
        told = (kinds.described([head.lemma_.casefold()]) or ("",))[0]
        return 2.0 if told == "Person" else 0.3 if head.ent_type_ == "" else 0.0
    lemma = head.lemma_.casefold()
    if root.dep_ in ("nsubj", "nsubjpass"):
        apart = head.i not in (name.start - 1, name.end)
        return _first(
            (
                (lemma in _SPEAKS and apart, 1.2),
                (root.dep_ == "nsubjpass" and lemma in _SUFFERS, 1.5),
                (lemma in _LIVES, 1.0),
                (True, 0.2),
            )
        )
    return 1.2 if root.dep_ == "dobj" and lemma in _SUFFERS else 0.0


def is_person(scores: Iterable[float]) -> bool:
    """True where the occurrences of a name together say that it is a person's."""
    ordered = sorted(scores, reverse=True)
    return bool(ordered) and ordered[0] + 0.3 * sum(s for s in ordered[1:4] if s > 0) >= ENOUGH
