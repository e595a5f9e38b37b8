"""Who does what to whom in a dependency parse: the arguments of a verb or of a noun of action.

In: a token of a spaCy parse (CLEAR labels of the English models). Out: the heads of its
arguments by role. `subj` is who acts and `obj` whom it is done to, whatever the voice: the
passive subject is an `obj`, the agent after 'by' a `subj`; subjects and objects are shared
along conjunctions, taken from the noun that a relative or participle clause describes, and
from the governor of an infinitive. Prepositions are roles by their own word.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
NOUN_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
"""Subjects that are nouns, of verbs in either voice."""
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "oprd", "attr"})
CLAUSES = frozenset({"xcomp", "ccomp", "pcomp", "advcl", "acl", "relcl"})
MODIFIERS = frozenset(
    {"amod", "advmod", "compound", "acomp", "oprd", "nmod", "quantmod", "neg", "prt", "npadvmod"}
)
NEGATIONS = frozenset({"no", "never", "neither", "nor", "without"})
RELATIVE = frozenset({"who", "that", "which", "whom"})

DEPTH = 6
"""How far up a subject is looked for."""

Roles = dict[str, list["Token"]]


def is_verbal(token: Token) -> bool:
    """True for verbs and participles, whatever part of speech a headline made of them."""
    return token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")


def is_participle(token: Token) -> bool:
    """True for a past participle or what the tagger takes for an adjective in its place."""
    return token.tag_ == "VBN" or (token.tag_ == "VBD" and not _has(token, SUBJECTS))


def is_passive(token: Token) -> bool:
    """True where the verb's grammatical subject is the one that it is done to."""
    if _has(token, PASSIVE_SUBJECTS) or _has(token, {"auxpass"}):
        return True
    if token.tag_ != "VBN" or _has(token, SUBJECTS):
        return False
    if token.dep_ == "conj" and is_verbal(token.head):
        return not _has(token, {"aux", "dobj"}) and is_passive(token.head)
    return token.dep_ in ("acl", "amod", "advcl", "relcl", "xcomp", "ccomp", "pcomp") and not _has(
        token, {"aux", "dobj"}
    )


def conjuncts(token: Token) -> Iterator[Token]:
    """The token and those that are coordinated below it, in order."""
    yield token
    for child in token.children:
        if child.dep_ in ("conj", "appos"):
            yield from conjuncts(child)


def first_conjunct(token: Token) -> Token:
    """The head of the coordination that the token is part of."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def is_negated(token: Token) -> bool:
    """True where the word itself, its auxiliary, its determiner or 'neither ... nor' says no."""
    if any(_says_no(c) for c in token.children):
        return True
    if token.dep_ != "conj":
        return False
    return any(c.dep_ == "cc" and c.lower_ == "nor" and c.i < token.i for c in token.head.children)


def _says_no(child: Token) -> bool:
    return child.dep_ == "neg" or (
        child.lower_ in NEGATIONS and child.dep_ in ("det", "preconj", "advmod") and child.lower_ != "nor"
    )


def _has(token: Token, deps: frozenset[str] | set[str]) -> bool:
    return any(c.dep_ in deps for c in token.children)


def _children(token: Token, deps: frozenset[str] | set[str]) -> list[Token]:
    return [c for c in token.children if c.dep_ in deps]


def _described(token: Token) -> Token | None:
    """The noun that a relative or participle clause describes."""
    clause = first_conjunct(token)
    if clause.dep_ in ("relcl", "acl"):
        return clause.head
    return None


def _resolve(tokens: list[Token], verb: Token) -> list[Token]:
    """Relative pronouns replaced by what they stand for."""
    noun = _described(verb)
    return [noun if noun is not None and t.lower_ in RELATIVE else t for t in tokens]


def grammatical_subjects(token: Token, depth: int = 0) -> tuple[list[Token], bool]:
    """The subjects of a verb as the parse has or implies them, and whether they are passive."""
    passive = is_passive(token)
    own = _children(token, SUBJECTS | PASSIVE_SUBJECTS)
    if own:
        return _resolve(own, token), passive
    return ([] if depth > DEPTH else _implied_subjects(token, depth + 1)), passive


def _implied_subjects(token: Token, depth: int) -> list[Token]:
    """The subjects that a verb takes from what it hangs on."""
    head = token.head
    if token.dep_ == "conj" and is_verbal(head):
        return grammatical_subjects(head, depth)[0]
    if token.dep_ in ("acl", "relcl") and not is_verbal(head):
        return [head]
    if token.dep_ in ("xcomp", "ccomp", "advcl", "pcomp") and is_verbal(head):
        objects = _children(head, {"dobj"})
        controlled = token.dep_ in ("xcomp", "ccomp") and objects and head.lemma_ != "promise"
        return objects if controlled else grammatical_subjects(head, depth)[0]
    if token.dep_ == "pcomp" and head.dep_ == "prep" and is_verbal(head.head):
        objects = _children(head.head, {"dobj"})
        controlled = head.lower_ in ("from", "of", "for") and objects
        return objects if controlled else grammatical_subjects(head.head, depth)[0]
    return []


def verb_roles(token: Token) -> Roles:
    """The arguments of a verb or participle."""
    roles: Roles = defaultdict(list)
    if token.dep_ == "amod":
        roles["obj" if token.tag_ in ("VBN", "JJ", "VBD") else "subj"].append(token.head)
    subjects, passive = grammatical_subjects(token)
    roles["obj" if passive else "subj"] += subjects
    if not passive:
        roles["obj"] += _resolve(_objects(token, subjects), token)
    _prepositions(token, roles)
    for child in token.children:
        if child.dep_ == "agent":
            roles["subj"] += _children(child, {"pobj"})
        elif child.dep_ == "dative":
            roles["to"] += [child] if child.pos_ != "ADP" else _children(child, {"pobj"})
        elif child.dep_ in CLAUSES:
            roles["comp"].append(child)
        elif child.dep_ in MODIFIERS:
            roles["mod"].append(child)
    return roles


def _objects(token: Token, subjects: list[Token]) -> list[Token]:
    """The objects of an active verb: its own, those of a verb coordinated with it, the noun it describes."""
    objects = _children(token, OBJECTS)
    if not objects and token.dep_ != "conj":
        objects = _shared_object(token)
    noun = _described(token)
    if not objects and noun is not None and noun not in subjects and token.dep_ == "relcl":
        return [noun]
    return objects


def _shared_object(token: Token) -> list[Token]:
    """The object that stands with the last of several coordinated verbs."""
    for child in token.children:
        if child.dep_ == "conj" and is_verbal(child) and not _has(child, SUBJECTS | PASSIVE_SUBJECTS):
            objects = _children(child, {"dobj"})
            if objects and not is_passive(child):
                return objects
            return _shared_object(child)
    return []


def noun_roles(token: Token) -> Roles:
    """The arguments of a noun of action: 'the arrest of X by Y', 'their killing', 'attacks on Z'."""
    roles: Roles = defaultdict(list)
    first = first_conjunct(token)
    for part in dict.fromkeys((token, first)):
        for child in part.children:
            if child.dep_ == "poss":
                roles["poss"].append(child)
            elif child.dep_ in ("relcl", "acl"):
                roles["comp"].append(child)
            elif part == token and child.dep_ in MODIFIERS:
                roles["mod"].append(child)
    if not any(c.dep_ == "prep" for c in token.children):
        _later_prepositions(token, roles)
    _prepositions(token, roles)
    roles["obj"] += roles.get("of", [])
    roles["subj"] += roles.get("by", [])
    return roles


def _later_prepositions(token: Token, roles: Roles) -> None:
    """What follows the last of several coordinated nouns belongs to all: 'arrests and killings of X'."""
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN"):
            if any(c.dep_ == "prep" for c in child.children):
                _prepositions(child, roles)
            else:
                _later_prepositions(child, roles)


def _prepositions(token: Token, roles: Roles) -> None:
    for child in token.children:
        if child.dep_ in ("prep", "agent"):
            roles[child.lower_] += [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
            for deeper in child.children:
                if deeper.dep_ == "prep":
                    roles[deeper.lower_] += _children(deeper, {"pobj"})


def roles(token: Token) -> Mapping[str, list[Token]]:
    """The arguments of a word by role; plain attributes for what is no verb and no noun."""
    if is_verbal(token):
        return verb_roles(token)
    found = noun_roles(token)
    if token.pos_ == "ADJ":
        if token.dep_ in ("acomp", "attr", "oprd") and is_verbal(token.head):
            found["subj"] += grammatical_subjects(token.head)[0]
        elif token.dep_ == "amod":
            found["subj"].append(token.head)
    return found


def subjects_above(token: Token) -> list[Token]:
    """The nouns that are subjects of a word or of what it hangs on, in the order of the text."""
    found = [c for t in (token, *token.ancestors) for c in t.children if c.dep_ in NOUN_SUBJECTS]
    return sorted(found, key=lambda t: t.i)


def main_verb(verb: Token) -> Token:
    """The verb that an auxiliary belongs to; any other verb itself."""
    return verb.head if verb.dep_ in ("aux", "auxpass") else verb


def governor(token: Token) -> Token:
    """The word that the token's whole coordination hangs on; the token's own first conjunct at the root."""
    first = first_conjunct(token)
    return first.head if first.head != first else first
