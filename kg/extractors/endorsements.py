"""Who delivers, signs or endorses a statement, letter or submission.

By structure: the lines of a signatory block, the list after 'on behalf of', the organisations that
the head or a first sentence of a joint text names, and where there is none of these, the organisation
whose statement it is. Interviews, news and a publisher's own press release have none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind, Claim, Endorsement
from kg.text.authors import ORGANISATIONS, authors
from kg.text.kinds import kinds
from kg.text.signers import delivered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Entity, Reading, Span
    from kg.vocabulary import Vocabulary

_SUBMITTED = re.compile(
    r"(?:jointly )?(?:submitted|signed|endorsed|delivered)(?: jointly)? by\b", re.IGNORECASE
)
_FOOT = 4
GENRES = frozenset({"statement", "letter", "submission"})
_PERSONAL = frozenset(
    {"Person", "Country", "Place", "Event", "Instrument", "Mechanism", "IntergovernmentalBody", "StateBody"}
)


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """A claim for each organisation."""
    if reading.item.genre not in GENRES:
        yield from _foot(reading)
        return
    told: set[str] = set()
    for span, entity in _signed(reading, vocabulary):
        if entity.key not in told and entity.type not in _PERSONAL:
            told.add(entity.key)
            yield Claim(
                Endorsement(entity.name, entity.key), span, confidence=0.95, found_by="endorsement-list"
            )
    speaker = reading.item.speaker
    if speaker and speaker[0].isupper():
        known = next(
            (
                e
                for e in reading.entities
                if speaker in (e.name, *e.aliases) or e.name.startswith(f"{speaker}:")
            ),
            None,
        )
        if not told and (known is None or known.type in ("Place", "Event")):
            yield Claim(
                Endorsement(speaker), reading.item.title, confidence=0.8, found_by="endorsement-publisher"
            )
        elif known and known.key not in told and known.type not in _PERSONAL:
            span = next((m.span for m in reading.mentions if m.entity == known.key), reading.item.title)
            yield Claim(
                Endorsement(known.name, known.key), span, confidence=0.85, found_by="endorsement-publisher"
            )


def _foot(reading: Reading) -> Iterator[Claim]:
    """Those who submit together, where the foot of a release says so: 'Submitted by X and Y'."""
    for block in reading.item.blocks[-_FOOT:]:
        mentions = reading.within(block.span)
        keys = dict.fromkeys(m.entity for m in mentions if reading.entity[m.entity].type in ORGANISATIONS)
        if len(keys) > 1 and _SUBMITTED.match(reading.item.document.quote(block.span)):
            for key in keys:
                name = reading.entity[key].name
                yield Claim(Endorsement(name, key), block.span, confidence=0.85, found_by="endorsement-foot")


def _signed(reading: Reading, vocabulary: Vocabulary) -> Iterator[tuple[Span, Entity]]:
    """The organisations of signatory lines and of lists of those who deliver."""
    spans = [s.span for s in reading.sentences if s.block.kind is BlockKind.SIGNATORY]
    for sentence in reading.sentences:
        spans += [
            sentence.source(sentence.tokens.doc[n.start : n.end])
            for n in delivered(sentence, kinds(vocabulary))
        ]
    for span in spans:
        for mention in reading.within(span):
            yield mention.span, reading.entity[mention.entity]
    for mention in authors(reading):
        yield mention.span, reading.entity[mention.entity]
