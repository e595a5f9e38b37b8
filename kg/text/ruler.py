"""spaCy's attribute ruler as a table: parts of speech and exceptions by one look-up a token.

In: a tagged and parsed `Doc`. Out: the same with part of speech, morphology and irregular lemmas.
Nearly all patterns of the shipped ruler speak of one token's tag, word and dependency, and its
matcher tries each of them at each token: as long as the parser takes. Here the shipped ruler is
asked once for each combination. Where a pattern goes further (two tokens, a regular expression,
white space) and matches, it reads the whole text itself, so that nothing is told differently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Token

NAME = "table_ruler"
_ASKED: list[int | str] = ["TAG", "LOWER", "DEP"]
_SET: list[int | str] = ["POS", "MORPH", "LEMMA"]
_LISTS = frozenset({"IN", "NOT_IN"})
_OTHER = "0"
"""Stands for every word that no pattern names."""

Row = tuple[int, int, int]


class TableRuler:
    """The shipped ruler, with what it tells of single tokens kept."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._vocab = ruler.vocab
        rules: Any = ruler.patterns
        patterns = [pattern for rule in rules for pattern in rule["patterns"]]
        self._wider = Matcher(ruler.vocab)
        self._wider.add("wider", [p for p in patterns if not _tells_one(p)])
        self._words = frozenset(ruler.vocab.strings.add(w) for w in _words(patterns))
        self._rows: dict[tuple[int, int, int], Row | None] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The document, with what the ruler sets."""
        rows = None if self._wider(doc, allow_missing=True) else self._told(doc)
        if rows is None:
            return self._ruler(doc)
        values: Any = np.array(rows, np.uint64).reshape(len(doc), len(_SET))
        doc.from_array(_SET, values)
        return doc

    def _told(self, doc: Doc) -> list[Row] | None:
        """What is set at each token; None where the table doesn't hold it."""
        rows = []
        for tag, lower, dep in doc.to_array(_ASKED).tolist():
            key = (tag, lower if lower in self._words else 0, dep)
            row = self._rows[key] if key in self._rows else self._asked(*key)
            if row is None:
                return None
            rows.append(row)
        return rows

    def _asked(self, tag: int, lower: int, dep: int) -> Row | None:
        """What the shipped ruler sets at a token; None where it changes tag or dependency."""
        strings = self._vocab.strings
        word = strings[lower] if lower else _OTHER
        alone = Doc(self._vocab, words=[word], tags=[strings[tag]], heads=[0], deps=[strings[dep]])
        token = self._ruler(alone)[0]
        kept = token.tag == tag and token.dep == dep
        row = (token.pos, _morphology(token), token.lemma) if kept else None
        self._rows[tag, lower, dep] = row
        return row


def _morphology(token: Token) -> int:
    morph: Any = token.morph
    return int(morph.key)


def _tells_one(pattern: list[Mapping[str, Any]]) -> bool:
    """True for a pattern of one token that names its tag, word or dependency."""
    if len(pattern) != 1:
        return False
    return all(k in _ASKED and (isinstance(v, str) or v.keys() <= _LISTS) for k, v in pattern[0].items())


def _words(patterns: Iterable[list[Mapping[str, Any]]]) -> Iterator[str]:
    """The words that patterns of one token name."""
    for pattern in filter(_tells_one, patterns):
        named = pattern[0].get("LOWER", [])
        if isinstance(named, str):
            yield named
        else:
            for words in named.values() if isinstance(named, dict) else ():
                yield from words


@Language.factory(NAME)
def table_ruler(nlp: Language, name: str) -> TableRuler:  # noqa: ARG001 - spaCy passes the name
    """The component that stands for the pipeline's attribute ruler."""
    ruler: Any = nlp.get_pipe("attribute_ruler")
    return TableRuler(ruler)
