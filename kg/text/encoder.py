"""The thorough half of the classifier: a small transformer that reads sentences in context.

In: the title and the sentences of one item, in order. Out: for each sentence that is wanted,
logits of every type and status, and the words that speak of each type.

Sentences are read in chunks of consecutive ones, `[CLS] title [SEP] sentence [SEP] ...`, so
that each is encoded once and sees its neighbours on both sides, at half the tokens of a sentence
at a time with its predecessor. Every type has an attention
of its own over the sentence's tokens, trained on annotated trigger words. One chunk a run and no
padding: a document's figures don't depend on what else is read, and int8 products are exact, so
that the same weights and sentences give the same figures. Chunks are read in the background, two
at a time with a thread each: two threads on one chunk took a third more processor time.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from kg.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]

CHUNK_TOKENS = 256
SENTENCE_TOKENS = 96
TITLE_TOKENS = 16
THREADS = 2
"""Chunks that are read at a time, beside the work of whoever asked."""
START, BREAK = "[CLS]", "[SEP]"


class Tokens(NamedTuple):
    """A sentence as word pieces, with the place of each in the sentence."""

    ids: list[int]
    offsets: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Token ids of a run, and where in it which sentence stands."""

    ids: list[int]
    places: list[tuple[int, int]]
    """(row of the sentence, its first token in the run)."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder makes of one sentence."""

    reported: Array
    """Logit a type: the sentence reports it."""
    named: Array
    """Logit a type: the sentence speaks of it, in whatever status."""
    some: Array
    """Two logits: it reports some type; it speaks of some type."""
    statuses: Array
    """A row of status logits a type."""
    loudness: Array
    """Logit a token and type: the token is part of a trigger of the type."""
    offsets: list[tuple[int, int]]
    """Where each token stands in the sentence."""

    def trigger(self, column: int) -> tuple[int, int]:
        """The stretch of the sentence that speaks loudest of a type: its tokens likelier in than out."""
        loud = self.loudness[:, column]
        first = last = int(loud.argmax())
        while first > 0 and loud[first - 1] > 0:
            first -= 1
        while last + 1 < len(loud) and loud[last + 1] > 0:
            last += 1
        return self.offsets[first][0], self.offsets[last][1]


class Encoder:
    """A transformer and its heads, from the files of a weights folder."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = tokenizer(folder)
        options = onnxruntime.SessionOptions()
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._readers = ThreadPoolExecutor(THREADS, "encoder")
        self._cuts = [int(n) for n in self._session.get_modelmeta().custom_metadata_map["cuts"].split()]
        self._start = marker(self._tokenizer, START)
        self._break = marker(self._tokenizer, BREAK)

    def encode(
        self, sentences: Sequence[str], title: str, wanted: Sequence[bool]
    ) -> Iterator[tuple[int, Encoded]]:
        """(row, what it makes of it) for every wanted sentence, in order; reading begins at once."""
        rows = [n for n in range(len(sentences)) if wanted[n] or (n + 1 < len(sentences) and wanted[n + 1])]
        pieces = self._tokenizer.encode_batch([sentences[n] for n in rows], add_special_tokens=False)
        tokens = {
            row: Tokens(p.ids[:SENTENCE_TOKENS], p.offsets[:SENTENCE_TOKENS])
            for row, p in zip(rows, pieces, strict=True)
        }
        chunks = list(self._chunks(tokens, title))
        told = zip(chunks, self._readers.map(self._run, chunks), strict=True)
        return (
            (row, self._read(logits[start : start + len(tokens[row].ids)], tokens[row].offsets))
            for chunk, logits in told
            for row, start in chunk.places
            if wanted[row] and tokens[row].ids
        )

    def _run(self, chunk: Chunk) -> Array:
        """The logits of every token of a chunk."""
        logits: Array = self._session.run(None, {"ids": np.array(chunk.ids, np.int64)})[0]
        return logits

    def _chunks(self, tokens: Mapping[int, Tokens], title: str) -> Iterator[Chunk]:
        """Consecutive sentences, as many as a run holds."""
        named = self._tokenizer.encode(title, add_special_tokens=False).ids[:TITLE_TOKENS] if title else []
        head = [self._start, *named, self._break] if named else [self._start]
        chunk = Chunk(list(head), [])
        for row, one in tokens.items():
            if chunk.places and len(chunk.ids) + len(one.ids) + 1 > CHUNK_TOKENS:
                yield chunk
                chunk = Chunk(list(head), [])
            chunk.places.append((row, len(chunk.ids)))
            chunk.ids.extend([*one.ids, self._break])
        if chunk.places:
            yield chunk

    def _read(self, told: Array, offsets: list[tuple[int, int]]) -> Encoded:
        """The heads over the tokens of one sentence; docs/model-card.md draws them."""
        trigger, report, mean_trigger, mean_report, status, mean_status, some = (
            told[:, start:end] for start, end in pairwise((0, *self._cuts, told.shape[1]))
        )
        grown = np.exp(trigger - trigger.max(axis=0))
        attention = grown / grown.sum(axis=0)
        return Encoded(
            reported=(attention * report).sum(axis=0) + mean_report.mean(axis=0),
            named=(attention * trigger).sum(axis=0) + mean_trigger.mean(axis=0),
            some=some.mean(axis=0),
            statuses=np.einsum("nt,ns->ts", attention, status) + mean_status.mean(axis=0),
            loudness=trigger,
            offsets=offsets,
        )


def tokenizer(folder: Path) -> Tokenizer:
    """The word pieces of a folder, neither padded nor cut."""
    pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
    pieces.no_padding()
    pieces.no_truncation()
    return pieces


def marker(pieces: Tokenizer, name: str) -> int:
    """The id of a marker that the tokenizer must know."""
    number = pieces.token_to_id(name)
    if number is None:
        raise ExtractionError(f"the tokenizer knows no {name}", mend="Install the package anew.")
    return number
