"""The parts of an interview: byline, questions, answers, and who answers.

Questions are lines of their own that end in a question mark, or carry a speaker's label
('Q:', 'CIVICUS:'). The interviewee is the name after 'with' in the byline. A list of
questions without byline or first person in the answers is a list of headings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.languages.english import HONORIFICS, PARTICLES, REQUESTS, SPEAKS, TESTIFIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.layout import Line

_TITLE = rf"(?:(?:{'|'.join(h for h in HONORIFICS if h.isalpha())})\.?\s+)*"
_CAPITAL = r"[A-ZÀ-ÞĀ-Ž][\w’'-]*"
_PARTICLE = rf"(?:{'|'.join(sorted(re.escape(p) for p in PARTICLES))}|[A-Z]\.)"
NAME = rf"(?:{_CAPITAL}|[A-Z]\.)(?:[ -](?:{_PARTICLE}[ -])*(?:{_CAPITAL}|[A-Z]\.)){{1,4}}"
"""A person's name as printed: two to five capitalised words, small particles between them."""
INTERVIEWEE = re.compile(
    rf"\b(?:with|to|by)\s+(?P<post>[^,.;:()]{{0,60}}?\b(?:[a-z]+|[A-Z][a-z]+)\s+)??{_TITLE}(?P<name>{NAME})"
    r"(?=\s*(?:,|\.|;|\(|–|—|-\s|:|$|\b(?:about|on|of|from|who|and|at|in|for|regarding|to)\b))"
)
_LABEL = re.compile(
    rf"(?P<label>Q|A|Question|Answer|Interviewer|{_CAPITAL}(?:[ .’'-]+{_CAPITAL}){{0,4}})\s*[:–—]\s+(?=\S)"
)
_TELLS = re.compile(
    rf"(?:^|[:–—”’\"] )(?:[^,.;:]{{0,60}} )??{_TITLE}(?P<name>{NAME})(?:,[^.]{{3,120}},)? "
    r"(?:tells|speaks to|talks to|explains to|recalls)\b"
)
_WITNESS = re.compile(rf"{TESTIFIES} {_TITLE}(?P<name>{NAME}|{_CAPITAL} [A-Z]\b)")
_INITIAL = re.compile(r"[A-Z]\.(?= I\b)")
"""'My name is Y. I am 24 years old': an initial, and no second one."""
_PRESENTED = re.compile(
    rf"{_TITLE}(?P<name>{NAME}), (?:an?|the) [^.?!]{{3,100}}?,? (?:on|about|speaks|talks)\b"
)
"""Who is presented at the head of an interview: 'X, a lawyer from Y, on prisons'."""
_STORY = re.compile(
    rf"{_TITLE}(?P<name>{NAME}|{_CAPITAL}|[A-Z]\.), [^.]{{2,80}}, "
    r"told (?:his|her|their) (?:story|account) to\b"
)
"""'Idris, 22, from Y, told his story to X in Z on 9 August'."""
_TOLD = re.compile(
    r"(?:as told|interviewed by|testimony|told to|"
    r"(?:collected|recorded|gathered|taken down) (?:in \w+ )?by)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(rf"(?P<name>{NAME}|{_CAPITAL})[’']s (?:testimony|story|account)\b")
_SPEAKS = re.compile(SPEAKS, re.IGNORECASE)
_REQUEST = re.compile(REQUESTS, re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s)\b")
_LONGEST_QUESTION = 320
_SHORT_REQUEST = 80
_HEAD = 7
_ENOUGH = 2


@dataclass(frozen=True)
class Interview:
    """Where the parts of an interview stand, as places in the list of paragraphs."""

    byline: int | None
    questions: frozenset[int]
    interviewee: str | None
    labels: dict[int, str]
    """Speaker's label of a paragraph, without its mark: 'Q', 'A', 'CIVICUS', 'Taheri'."""


def interviewee(words: str) -> str | None:
    """The person with whom a byline says that somebody speaks."""
    if teller := _TELLS.search(words):
        return teller["name"]
    verb = _SPEAKS.search(words)
    if not verb:
        return None
    found = list(INTERVIEWEE.finditer(words, verb.end()))
    plain = [m for m in found if not m["post"]]
    chosen = (plain or found)[:1]
    return chosen[0]["name"] if chosen else None


def witness(words: Sequence[str], title: int) -> str | None:
    """Who testifies in the first person, told at the head: 'As told to X by Y', 'Testimony of Y'."""
    head = words[: title + _HEAD]
    story = next((m for w in head if (m := _STORY.match(w))), None)
    if story and any(_FIRST_PERSON.search(w) for w in words[title + 1 :]):
        return story["name"]
    told = any(_TOLD.match(w) for w in head)
    if not told or not any(_FIRST_PERSON.search(w) for w in words[title + 1 :]):
        return None
    found = next((m for w in head if (m := _WITNESS.search(w) or _WHOSE.match(w))), None)
    if found is None:
        return None
    if alone := _INITIAL.match(found["name"]):
        return alone[0]
    return found["name"] + ("." if found["name"][-2:-1] == " " else "")


def is_label_of(label: str, name: str) -> bool:
    """True where a speaker's label is part of a name or its initials."""
    words = name.casefold().replace("-", " ").split()
    initials = "".join(w[0] for w in words)
    last = label.casefold().split()[-1]
    return last in (*words, *name.casefold().split()) or last.replace(".", "") in (initials, initials[:2])


def _labels(words: Sequence[str]) -> dict[int, str]:
    found = {i: m["label"] for i, w in enumerate(words) if i and (m := _LABEL.match(w))}
    counts: dict[str, int] = {}
    for label in found.values():
        counts[label] = counts.get(label, 0) + 1
    steady = {label for label, n in counts.items() if n >= _ENOUGH}
    two = len(steady) >= _ENOUGH or any(
        words[i].endswith("?") for i, label in found.items() if label in steady
    )
    return {i: label for i, label in found.items() if label in steady} if two else {}


def _asked(i: int, words: Sequence[str], parts: Sequence[Line]) -> bool:
    """True where a paragraph is a question on a line of its own with an answer below."""
    here = words[i]
    if i + 1 >= len(words) or len(here) > _LONGEST_QUESTION or here[0] in "‘“\"'(" or parts[i].bullet:
        return False
    if here.endswith(("?", "?”")):
        return len(words[i + 1]) > len(here) // 2
    set_apart = parts[i].strong or parts[i].level > 1
    return set_apart and _REQUEST.match(here) is not None


def _dialogue(words: Sequence[str], parts: Sequence[Line], title: int) -> set[int]:
    """Questions that a dash marks, each with a line below it that is none: a list of questions isn't so."""
    asked = {i for i in range(title + 1, len(words)) if parts[i].bullet and words[i].endswith(("?", "?”"))}
    answered = all(i + 1 < len(words) and i + 1 not in asked for i in asked)
    return asked if len(asked) >= _ENOUGH and answered else set()


def interview(words: Sequence[str], parts: Sequence[Line], title: int) -> Interview | None:
    """The parts of an interview, or None where the paragraphs are none."""
    labels = _labels(words)
    questions = {i for i in range(title + 1, len(words)) if _asked(i, words, parts)}
    questions |= _dialogue(words, parts, title)
    if labels:
        asking = {label for i, label in labels.items() if words[i].endswith("?")} or {labels[min(labels)]}
        questions |= {
            i
            for i, label in labels.items()
            if label in asking and (words[i].endswith("?") or label in ("Q", "Question", "Interviewer"))
        }
    first = min(questions, default=len(words))
    head = range(title + 1, min(first, title + 1 + _HEAD, len(words)))
    byline = next(
        (i for i in head if interviewee(words[i]) and not words[i].startswith(("“", "‘", '"'))), None
    )
    person = interviewee(words[byline]) if byline is not None else None
    if questions:
        questions |= {
            i
            for i in range(title + 1, len(words) - 1)
            if parts[i].spaced and len(words[i]) < _SHORT_REQUEST and _REQUEST.match(words[i])
        }
    if person is None and len(questions) >= _ENOUGH:
        opening = [words[title], *(words[i] for i in sorted(labels)[:_ENOUGH])]
        person = next((p for w in opening if (p := interviewee(w))), None)
    if person is None and questions:
        shown = (m for w in words[title : min(first, title + _HEAD)] if (m := _PRESENTED.match(w)))
        person = next((m["name"] for m in shown), None)
    if len(questions) < _ENOUGH:
        return (
            Interview(byline, frozenset(), person, {})
            if byline is not None and _presents(words[byline], words[title])
            else None
        )
    answers = [words[i] for i in range(first, len(words)) if i not in questions]
    personal = sum(1 for a in answers if _FIRST_PERSON.search(a))
    if person or labels or personal * 3 > len(answers):
        return Interview(byline, frozenset(questions), person, labels)
    return None


def _presents(byline: str, title: str) -> bool:
    """True where a byline without questions opens an interview: a present verb, a quoted title."""
    return re.search(r"\b(?:speaks|talks|discusses|interviews|chats|sits down)\b", byline) is not None and (
        re.search(r"[‘“'\"].{12,}[’”'\"]\s*$", title) is not None or "nterview" in title
    )
