"""What the ranker of victims and perpetrators looks at: the candidates of a sentence and their features.

In: a sentence's parse, and how its words stand to an act (`kg.text.standing`). Out: the tokens that
can head the name of a party, each with the names of its features: the dependency path from the
word that tells the act, the roles of `kg.text.syntax`, words and positions, what it is by the
words of the lexicon, how it stands to the act.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.languages.english import MONTHS
from kg.text import syntax

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from kg.text.lexicon import Lexicon
    from kg.text.standing import Standing

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
INNER = frozenset({"compound", "nmod", "amod", "nummod", "quantmod", "det", "advmod", "expl"})
"""Places inside a noun phrase, which its head stands for."""
OF_ACT = frozenset({"compound", "amod", "nmod"})
"""How a noun of action holds who does or suffers it: 'police raids', 'prisoner abuse'."""
CLASSES = (
    "authority",
    "officer",
    "combatant",
    "perpetrator",
    "organisation",
    "critic",
    "minority",
    "civilian",
    "general",
    "person",
    "media",
    "party",
    "gathering",
    "place",
    "law",
    "abuse",
    "right",
    "source",
    "detentionPlace",
    "nobody",
)
"""Sets of words of the lexicon that tell what a candidate is."""
GOVERNING = ("saying", "suffering", "doing", "documenting", "accusing", "apart")
"""And what the word is that it hangs on."""
HEADS = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "conj", "attr"})
"""Places where an adjective or a number heads a phrase: 'the injured', 'two were shot'."""
NO_PARTY = frozenset(
    {"who", "which", "that", "whom", "what", "there", "whose", "where", "when", "it", "this"}
)
FURTHEST = 6


class Act(NamedTuple):
    """What a candidate is judged for."""

    type: str
    anchor: Token
    voice: str
    entity: Mapping[int, str]
    """The classes of the entities that words are part of."""

    def named(self, token: Token) -> str | None:
        """What stands for the words of a name: its class, where it is known."""
        kind = self.entity.get(token.i)
        return f"NAME{kind}" if kind else "NAME" if token.pos_ == "PROPN" else None


def candidates(sentence: Iterable[Token], anchor: Token) -> Iterator[Token]:
    """The tokens of a sentence that can head the name of a party."""
    for token in sentence:
        if token.pos_ not in NOMINAL or token.i == anchor.i:
            continue
        if token.dep_ in INNER and not (token.head == anchor and token.dep_ in OF_ACT and _is_noun(token)):
            continue
        if token.lower_ in NO_PARTY or token.tag_ in ("WP", "WDT", "EX"):
            continue
        if token.pos_ in ("ADJ", "NUM") and token.dep_ not in HEADS:
            continue
        if token.lower_ in MONTHS and token.pos_ == "PROPN":
            continue
        yield token


def _is_noun(token: Token) -> bool:
    """True for a noun or a name, whatever adjectives a tagger takes for one."""
    return token.pos_ in ("NOUN", "PROPN")


def features(
    type_: str, standing: Standing, found: Sequence[Token], entity: Mapping[int, str]
) -> list[list[str]]:
    """The features of each candidate of a trigger; `entity` tells the classes of entities, by token."""
    anchor = standing.anchor
    roles = {k: {t.i for t in ts} for k, ts in standing.arguments.items()}
    classes = [_classes(t, standing.lex) for t in found]
    first = {k: t.i for t, held in zip(reversed(found), reversed(classes), strict=True) for k in held}
    act = Act(type_, anchor, _voice(anchor), entity)
    out = []
    for token, held in zip(found, classes, strict=True):
        names = _features(act, token, roles, found)
        out.append(
            names + _placed(act, token, held, standing) + [f"1st={k}" for k in held if first[k] == token.i]
        )
    return out


def _classes(token: Token, lex: Lexicon) -> tuple[str, ...]:
    """What a candidate is, by the words of the lexicon."""
    return _classes_of(lex, token.lower_, token.lemma_.lower())


@lru_cache(maxsize=20_000)
def _classes_of(lex: Lexicon, lower: str, lemma: str) -> tuple[str, ...]:
    return tuple(name for name in CLASSES if lex.words(name).match((lower, lemma))) or ("none",)


def _placed(act: Act, token: Token, classes: Sequence[str], standing: Standing) -> list[str]:
    """Features of what a candidate is and of how it stands to the act."""
    type_, anchor, voice, _ = act
    marks = sorted(standing.marks(token)) or ["-"]
    kind = act.named(token) or ("PRON" if token.pos_ == "PRON" else "+".join(classes))
    out = [f"m={voice}{m}" for m in marks]
    out += [f"mk={m}|{kind}" for m in marks]
    out += [f"ms={voice}{'+'.join(marks)}", f"k={kind}", f"kT={type_}{kind}", f"kd={kind}|{token.dep_}"]
    out += [f"c={c}" for c in classes]
    out += [f"cT={type_}{c}" for c in classes]
    governor = syntax.governor(token)
    governor = governor.head if governor.dep_ in ("prep", "agent") else governor
    out += [f"gov={g}|{token.dep_}" for g in GOVERNING if standing.lex.says(g, governor)]
    if governor.i == anchor.i or syntax.first_conjunct(anchor).i == governor.i:
        out.append(f"gov=ACT|{token.dep_}")
    return out


def _features(act: Act, token: Token, roles: Mapping[str, set[int]], found: Sequence[Token]) -> list[str]:
    type_, anchor, voice, _ = act
    path, up, down, top = _path(anchor, token)
    verb = anchor.lemma_.lower()
    word = act.named(token) or token.lemma_.lower()
    own = sorted(k for k, held in roles.items() if token.i in held)
    first = syntax.first_conjunct(token).i
    shared = [] if own else sorted(k for k, held in roles.items() if first in held)
    out = [
        "b",
        f"v={voice}",
        f"path={voice}{path}",
        f"pathT={type_}{voice}{path[:60]}",
        f"al={verb}|{path}",
        f"cl={word}",
        f"cl2={word}|{voice}{'+'.join(own) or '-'}",
        f"low={token.lower_}",
        f"pos={token.pos_}{token.tag_}",
        f"dep={token.dep_}",
        f"nu={min(up, 4)},{min(down, 4)}",
        f"type={type_}",
        f"typecl={type_}{word}",
        f"dir={'L' if token.i < anchor.i else 'R'}{voice}",
        f"dist={min(abs(token.i - anchor.i) // 3, FURTHEST)}",
        f"first={token.i == found[0].i}",
        f"n={min(len(found), FURTHEST)}",
        f"suf={token.lower_[-3:]}",
        f"shape={token.shape_[:4]}",
        f"cap={token.text[:1].isupper()}",
    ]
    for role in own:
        out += [f"role={role}", f"role={voice}{role}", f"roleT={type_}{voice}{role}", f"roleA={verb}{role}"]
        out.append(f"rolecl={role}{word}")
    out += [f"irole={voice}{role}" for role in shared]
    if not own:
        out += ["norole", f"norole{voice}", f"norole{token.dep_}"]
    if top.i != anchor.i:
        out.append(f"top={top.lemma_.lower()}{'U' if up else ''}")
    return out + _surroundings(token)


def _surroundings(token: Token) -> list[str]:
    head = token.head
    out = []
    if token.dep_ in ("nsubj", "nsubjpass"):
        out += [f"subjof={head.lemma_.lower()}", f"subjof-root={head.dep_ == 'ROOT'}"]
    elif token.dep_ == "dobj":
        out.append(f"objof={head.lemma_.lower()}")
    elif token.dep_ == "pobj":
        out += [f"pobj={head.lower_}|{head.head.lemma_.lower()}", f"pobj={head.lower_}"]
    for part in token.children:
        if part.dep_ in ("amod", "compound", "nummod", "det", "poss"):
            out.append("chName" if part.pos_ == "PROPN" else f"ch={part.dep_}{part.lower_}")
    return out


def _voice(token: Token) -> str:
    if syntax.is_verbal(token):
        return "P" if syntax.is_passive(token) else "V"
    return "N" if token.pos_ in ("NOUN", "PROPN") else token.pos_[:1]


def _label(token: Token) -> str:
    return f"{token.dep_}:{token.lower_}" if token.dep_ in ("prep", "agent", "mark") else token.dep_


def _path(anchor: Token, token: Token) -> tuple[str, int, int, Token]:
    """The way from anchor to candidate: up to what governs both, then down."""
    above = [anchor, *anchor.ancestors]
    places = {t.i: n for n, t in enumerate(above)}
    below = [token]
    while below[-1].i not in places:
        head = below[-1].head
        if head.i == below[-1].i:
            return "none", FURTHEST, FURTHEST, anchor
        below.append(head)
    top = below.pop()
    up = above[: places[top.i]]
    parts = [f"^{_label(t)}" for t in up]
    if up and below:
        parts.append(f"@{top.pos_}")
    parts += [f"v{_label(t)}" for t in reversed(below)]
    return "/".join(parts), len(up), len(below), top
