"""Lists of calls: items that inherit their caller and addressee from what introduces them.

In: a reading. Out: for each block that is a call as a whole, who leads it. Three layouts: a
list under a sentence that breaks off ('We call on the government to:'), bulleted or not; a
section of recommendations whose paragraphs start with a bare verb; sub-headings there that
tell the addressee ('To the Government of Norway:').
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import BlockKind, Span
from kg.text.calls import calls
from kg.text.calls.words import Call
from kg.text.phrases import child

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from kg.model import Block, Reading, Sentence
    from kg.text.calls.words import CallWords

LISTABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.ANSWER})
OPEN_END = re.compile(r"(?:[:;–—]|\bto|\bfollowing)\s*$")
_SECTION = re.compile(r"\brecommend(?:ation)?s\b|\bour (?:asks?|demands?|calls?)\b", re.IGNORECASE)
_TO = re.compile(
    r"(?:recommendations\s+)?(?:to|for)\s+(?P<whom>(?:the|all|both)?\s*[^.!?]{3,90}?)\s*[:,]?", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:(?<=^)|(?<=[;.]\s))\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)]\s+", re.IGNORECASE)
_FEWEST = 3
"""Words that a part before the first number has: its own number may be cut off."""
_TO_END = re.compile(r"\bto\s*;$")
_LONGEST_ADDRESSEE = 12
"""Words before the verb of an item that says who is asked."""
_MODAL_END = re.compile(r"\b(?:must|should|needs? to|ought to|ha(?:s|ve) to)\s*:\s*$")


@dataclass(frozen=True, slots=True)
class Led:
    """What introduces a block that is a call."""

    call: Call | None = None
    sentence: Sentence | None = None
    """Where the introducing call stands."""
    addressee: str | None = None
    """As a sub-heading tells it."""


def led_blocks(reading: Reading, words: CallWords) -> dict[Span, Led]:
    """The blocks of an item that are calls as a whole, by their span."""
    sentences: dict[Span, list[Sentence]] = {}
    for sentence in reading.sentences:
        sentences.setdefault(sentence.block.span, []).append(sentence)
    found: dict[Span, Led] = {}
    section: Led | None = None
    lead: Led | None = None
    for block in reading.item.blocks:
        inside = sentences.get(block.span, [])
        section, is_heading = _section(block, reading, section)
        if is_heading or not inside or block.kind not in LISTABLE:
            lead = None
            continue
        governed = _governed(block, reading, words) if block.governor is not None else None
        led = governed or (lead if block.governor is not None or starts_bare(inside[0]) else None)
        if led is not None and _calls_itself(inside[0], words):
            led = None
        if led is not None:
            lead = led if any(asks(s) for s in inside) else None
            if lead is not None:
                found[block.span] = lead
        elif section is not None and starts_bare(inside[0]):
            found[block.span] = section
        else:
            lead = leading(inside[-1], words)
    return found


def _section(block: Block, reading: Reading, before: Led | None) -> tuple[Led | None, bool]:
    """The section that a block opens or stands in, and whether it is a heading."""
    text = " ".join(reading.item.document.quote(block.span).split())
    if block.kind in (BlockKind.TITLE, BlockKind.HEADER, BlockKind.HEADING):
        if _SECTION.search(text):
            to = _TO.fullmatch(text)
            return Led(addressee=to["whom"] if to else None), True
        to = _TO.fullmatch(text)
        return (Led(addressee=to["whom"]) if before and to else before), True
    if before is not None and (to := _TO.fullmatch(text)) and not text.endswith("."):
        return Led(addressee=to["whom"].removesuffix(":")), True
    return before, False


def _governed(block: Block, reading: Reading, words: CallWords) -> Led | None:
    """The call of the sentence that introduces a list item."""
    for sentence in reversed(reading.sentences):
        if block.governor is not None and block.governor.meets(sentence.span):
            return leading(sentence, words)
    return None


def leading(sentence: Sentence, words: CallWords) -> Led | None:
    """The call that a sentence leaves open for a list to fill."""
    text = sentence.text.rstrip()
    if not OPEN_END.search(text):
        return None
    found = calls(sentence.tokens, words)
    if found and (found[-1].open or not text.endswith(";")):
        return Led(found[-1], sentence)
    if found or (text.endswith(";") and not _TO_END.search(text)):
        return None
    misread = _misread(sentence, words)
    return Led(misread, sentence) if misread is not None else None


def _misread(sentence: Sentence, words: CallWords) -> Call | None:
    """An open call by its words alone, where the parse of the broken-off sentence went astray."""
    tokens = list(sentence.tokens)
    cues = {c.split()[0] for c in words.directives | words.proposals} | words.nouns
    for token in reversed(tokens):
        if token.lemma_.lower() in cues and not any(c.dep_ == "neg" for c in token.children):
            after = [t for t in tokens if t.i > token.i and t.pos_ in ("NOUN", "PROPN", "PRON")]
            whom = next((t for t in after if t.dep_ in ("pobj", "dobj", "nsubj", "ROOT")), None)
            return Call(token, "directive", sentence.tokens, addressee=whom, open=True)
    if _MODAL_END.search(sentence.text):
        modal = next(t for t in reversed(tokens) if t.lower_ in words.deontics or t.lemma_ in words.deontics)
        whom = child(modal, "nsubj") or child(modal.head, "nsubj")
        return Call(modal, "deontic", sentence.tokens, addressee=whom, open=True)
    return None


def _calls_itself(sentence: Sentence, words: CallWords) -> bool:
    """True for an operative paragraph: 'Urges the state to act', a call of its own in a list of such."""
    first = next((t for t in sentence.tokens if t.is_alpha and not _is_mark(t)), None)
    if first is None or first.tag_ not in ("VBZ", "NNS", "NNPS") or not first.text[0].isupper():
        return False
    return any(call.head.i == first.i and not call.open for call in calls(sentence.tokens, words))


def starts_bare(sentence: Sentence) -> bool:
    """True where a sentence starts with a verb that has no subject: 'Release', 'To release', 'Releasing'."""
    tokens = [t for t in sentence.tokens if not t.is_punct and not t.is_space and not _is_mark(t)]
    while len(tokens) > 1 and (tokens[0].pos_ == "ADV" or tokens[0].lower_ in ("to", "that", "and")):
        tokens = tokens[1:]
    if not tokens:
        return False
    first = tokens[0]
    main = sentence.tokens.root
    if any(child(verb, "nsubj", "nsubjpass", "expl") is not None for verb in (first, main)):
        return False
    return first.tag_ in ("VB", "VBP") or (first.tag_ == "VBG" and first.dep_ in ("ROOT", "csubj", "advcl"))


def own_addressee(sentence: Sentence) -> Token | None:
    """Who is asked in an item that says so itself: 'Peru to free the fishermen', 'the ministry pay'."""
    tokens = [t for t in sentence.tokens if not t.is_space and not _is_mark(t)]
    at = next((n for n, t in enumerate(tokens[:_LONGEST_ADDRESSEE]) if _acts_next(tokens, n)), 0)
    phrase = tokens[:at]
    nouns = [t for t in phrase if t.pos_ in ("NOUN", "PROPN")]
    if not nouns or any(t.pos_ in ("VERB", "AUX", "PRON") or t.text in (",", ";", ":") for t in phrase):
        return None
    heads = [t for t in nouns if t.head not in phrase]
    return (heads or nouns)[-1] if phrase[0].pos_ != "ADP" else None


def _acts_next(tokens: Sequence[Token], at: int) -> bool:
    """True where a verb of what is asked follows: 'to free', or the bare form after a noun."""
    here = tokens[at]
    if here.lower_ == "to":
        return at + 1 < len(tokens) and tokens[at + 1].tag_ == "VB"
    return at > 0 and here.tag_ in ("VB", "VBP") and tokens[at - 1].pos_ in ("NOUN", "PROPN")


def asks(sentence: Sentence) -> bool:
    """True where a list item can be a call: more than a name, as signatures after a list are."""
    tokens = [t for t in sentence.tokens if t.is_alpha]
    if any(t.pos_ in ("VERB", "AUX") for t in tokens):
        return True
    return sum(t.pos_ == "NOUN" for t in tokens) * 3 >= len(tokens)


def _is_mark(token: Token) -> bool:
    return (len(token) == 1 or token.like_num) and token.i == token.sent.start


def parts(block: Span, reading: Reading) -> list[Span]:
    """The numbered parts of a block that holds a whole list; the block itself where it has none."""
    text = reading.item.document.quote(block)
    marks = list(_NUMBER.finditer(text))
    if len(marks) <= 1:
        return [block]
    starts, ends = [m.end() for m in marks], [*(m.start() for m in marks[1:]), len(text)]
    if len(text[: marks[0].start()].split()) >= _FEWEST:
        starts, ends = [0, *starts], [marks[0].start(), *ends]
    return [_trimmed(text, Span(a, b), block.start) for a, b in zip(starts, ends, strict=True)]


def _trimmed(text: str, span: Span, offset: int) -> Span:
    """A part of a block as a span of the document, without what joins it to the next."""
    length = len(text[span.start : span.end].rstrip(" ;,\n\t"))
    return Span(offset + span.start, offset + span.start + length)
