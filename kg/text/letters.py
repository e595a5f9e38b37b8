"""To whom a letter goes, and who writes it: address lines, salutation, or a sentence that introduces it.

In: the reading of a letter. Out: the name that 'you' stands for. A post and the organisation on
the line below it are one addressee: 'To the Director / Harbour Office' is the Director of the Harbour
Office.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.text.naming import Named

if TYPE_CHECKING:
    from kg.model import Entity, Reading, Span

_TO = re.compile(
    r"(?:To|TO|Attn|Attention|For the attention of)\s*:?\s+(?:the\s+)?(?P<whom>[^,;:]{3,90}?)[,;:]?$"
)
_DEAR = re.compile(r"(?:Dear|Your Excellency|Excellency)[ ,]+(?P<whom>[^,;:]{3,90}?)\s*[,;:!]?$")
_HONOUR = re.compile(r"^(?:(?:H\.?E\.?|His|Her|Mr|Mrs|Ms|Madam|Sir|Dr|Excellency|the)\.?\s+)+", re.IGNORECASE)
_HEAD = 14
_WRITTEN = re.compile(
    r"\b(?:letter|appeal|petition) (?:that (?:was|is) |has been |was |is )?(?:jointly )?(?:written|sent|"
    r"addressed|signed|issued|submitted) (?:jointly )?by (?P<who>(?!them\b|him\b|her\b)[^.;:“”\"()]{3,120}?) "
    r"to (?:the )?(?P<whom>[^.;:“”\"()]{3,90}?)(?=,? (?:to|on|about|regarding|concerning|calling|asking|"
    r"urging|in|over|dated|after)\b|[,.;:]|$)"
)
"""'Following is a letter written by X to Y to withdraw the bill'."""
_LETTER_TO = re.compile(
    r"(?:an? )?(?:(?i:joint|open|public|urgent) )*(?i:letter|appeal) to (?:the )?"
    r"(?P<whom>[A-Z][^.;:“”\"()]{3,90}?)"
    r"(?=,? (?:on|about|regarding|concerning|calling|asking|urging|over)\b|[.;:–—]| - |$)"
)
"""'Joint letter to the Prime Minister of X on the closure of Y'."""
_STRANGERS = ("Sir", "Madam", "Friends", "Colleagues", "all", "Sirs")


def introduced(line: str) -> tuple[str, str] | None:
    """Who wrote a letter and to whom, where a sentence at its head says so."""
    found = _WRITTEN.search(line)
    return (found["who"].strip(), found["whom"].strip()) if found else None


def receiver(reading: Reading) -> Named | None:
    """Whom a letter addresses; None in other genres and where it doesn't say."""
    if reading.item.genre != "letter":
        return None
    blocks = reading.item.blocks[:_HEAD]
    lines = [" ".join(reading.item.document.quote(b.span).split()) for b in blocks]
    for at, line in enumerate(lines):
        if found := _TO.match(line):
            below = blocks[at + 1] if at + 1 < len(blocks) else None
            body = _body(below.span, reading) if below and below.kind is not BlockKind.TITLE else None
            whom = _HONOUR.sub("", found["whom"])
            own = _body(blocks[at].span, reading)
            if own is None and body is not None:
                return Named(f"{whom} of the {body.name}", body.key)
            return Named(own.name, own.key) if own is not None and own.name in whom else Named(whom)
    for line in lines:
        found = _DEAR.match(line)
        if found and not any(word in found["whom"].split() for word in _STRANGERS):
            return Named(_HONOUR.sub("", found["whom"]))
    told = next((pair for line in lines if (pair := introduced(line))), None)
    to = next((m for line in lines if (m := _LETTER_TO.match(line))), None)
    return Named(told[1]) if told else Named(to["whom"]) if to else None


def _body(span: Span, reading: Reading) -> Entity | None:
    """The organisation or body that a line names."""
    entities = [reading.entity[m.entity] for m in reading.within(span)]
    return next((e for e in entities if e.type not in ("Person", "Place", "Country", "Event")), None)
