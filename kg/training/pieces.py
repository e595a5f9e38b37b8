"""Labelled sentences as word pieces, and runs of consecutive ones, as the encoder is trained on them.

In: labelled sentences and a tokenizer. Out: runs cut as `kg.text.encoder` cuts its chunks: the
title first, then as many sentences of the document as fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import torch

from kg.text.encoder import BREAK, CHUNK_TOKENS, SENTENCE_TOKENS, START, TITLE_TOKENS, marker
from kg.training.corpus import STATUSES, Labelled

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from tokenizers import Tokenizer
    from torch import Tensor

BATCH_TOKENS = 4 * CHUNK_TOKENS
LENGTH_NOISE = 40
"""Runs of like length share a batch; so many tokens of noise keep batches from being the same."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A sentence as the network sees it, and what it should say of it."""

    ids: list[int]
    reported: Tensor
    named: Tensor
    statuses: list[tuple[int, int]]
    """(type, status) of each label."""
    triggers: Tensor | None
    """Token by type; None where the annotator marked no triggers."""


@dataclass(frozen=True, eq=False)
class Run:
    """Tokens of a title and consecutive sentences."""

    document: str
    ids: list[int]
    places: list[tuple[int, Piece]]
    """First token of each sentence, and the sentence."""


def runs(
    sentences: list[Labelled], types: tuple[str, ...], tokenizer: Tokenizer, first_share: float
) -> list[Run]:
    """All documents cut; the first run of each is filled to a share only, to vary the cuts."""
    start, end = marker(tokenizer, START), marker(tokenizer, BREAK)
    out = []
    for document, group in groupby(sentences, key=lambda s: s.document):
        held = list(group)
        alone = len(held) == 1
        title = [] if alone else tokenizer.encode(held[0].text, add_special_tokens=False).ids[:TITLE_TOKENS]
        head = [start, *title, end] if title else [start]
        limit = int(CHUNK_TOKENS * first_share)
        run = Run(document, list(head), [])
        for sentence in held:
            piece = piece_of(sentence, types, tokenizer)
            if run.places and len(run.ids) + len(piece.ids) + 1 > limit:
                out.append(run)
                run, limit = Run(document, list(head), []), CHUNK_TOKENS
            run.places.append((len(run.ids), piece))
            run.ids.extend([*piece.ids, end])
        out.append(run)
    return out


def piece_of(sentence: Labelled, types: tuple[str, ...], tokenizer: Tokenizer) -> Piece:
    """One sentence with its targets."""
    encoding = tokenizer.encode(sentence.text, add_special_tokens=False)
    ids, offsets = encoding.ids[:SENTENCE_TOKENS], encoding.offsets[:SENTENCE_TOKENS]
    triggers = torch.zeros(len(ids), len(types))
    for label in sentence.labels:
        if label.trigger:
            start = sentence.text.index(label.trigger)
            end = start + len(label.trigger)
            for token, (first, last) in enumerate(offsets):
                if first < end and last > start:
                    triggers[token, types.index(label.type)] = 1
    named = {label.type for label in sentence.labels}
    return Piece(
        ids=ids,
        reported=torch.tensor([float(t in sentence.reported) for t in types]),
        named=torch.tensor([float(t in named) for t in types]),
        statuses=sorted({(types.index(one.type), STATUSES.index(one.status)) for one in sentence.labels}),
        triggers=triggers if all(one.trigger for one in sentence.labels) else None,
    )


def batches(some: list[Run], order: random.Random | None) -> Iterator[list[Run]]:
    """Runs of like length together, so that little is padded; shuffled where an order is given."""
    noise = [order.random() * LENGTH_NOISE if order else 0.0 for _ in some]
    by_length = sorted(range(len(some)), key=lambda n: len(some[n].ids) + noise[n])
    out: list[list[Run]] = [[]]
    for n in by_length:
        if out[-1] and (len(out[-1]) + 1) * len(some[n].ids) > BATCH_TOKENS:
            out.append([])
        out[-1].append(some[n])
    if order:
        order.shuffle(out)
    yield from (batch for batch in out if batch)
