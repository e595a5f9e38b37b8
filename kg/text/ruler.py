"""spaCy's attribute ruler as a table: parts of speech and exceptions by one look-up a token.

In: a tagged and parsed `Doc`. Out: the same with part of speech, morphology and irregular lemmas.
Nearly all patterns of the shipped ruler speak of one token's tag, word and dependency, and its
matcher tries each of them at each token: as long as the parser takes. Here the shipped ruler is
asked once for each combination. Where a pattern of several tokens may begin, it reads the whole
text itself, so that nothing is told differently.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Token

NAME = "table_ruler"
_ASKED: list[int | str] = ["TAG", "LOWER", "DEP", "IS_SPACE"]
_SET: list[int | str] = ["POS", "MORPH", "LEMMA"]
_OTHER, _SPACE = "0", " "
"""Stand for every word that no pattern names."""

Row = tuple[int, int, int]


class TableRuler:
    """The shipped ruler, with what it tells of single tokens kept."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._vocab = ruler.vocab
        rules: Any = ruler.patterns
        patterns = [pattern for rule in rules for pattern in rule["patterns"]]
        self._longer = Matcher(ruler.vocab)
        self._longer.add("longer", [pattern[:1] for pattern in patterns if len(pattern) > 1])
        asked = {key for pattern in patterns for key in pattern[0]}
        if not asked <= set(_ASKED):
            raise ValueError(f"the attribute ruler asks for {sorted(asked - set(_ASKED))}")
        self._named = re.compile("|".join(sorted({w for p in patterns for w in _words(p[0])})))
        self._words: dict[int, int] = {}
        self._rows: dict[tuple[int, int, int, int], Row | None] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The document, with what the ruler sets."""
        rows = self._told(doc)
        if rows is None:
            return self._ruler(doc)
        values: Any = np.array(rows, np.uint64).reshape(len(doc), len(_SET))
        doc.from_array(_SET, values)
        return doc

    def _told(self, doc: Doc) -> list[Row] | None:
        """What is set at each token; None where the table doesn't hold it."""
        rows = []
        for tag, lower, dep, space in doc.to_array(_ASKED).tolist():
            word = self._words.get(lower)
            if word is None:
                word = self._words[lower] = lower if self._is_named(lower) else 0
            key = (tag, word, dep, space)
            row = self._rows[key] if key in self._rows else self._asked(*key)
            if row is None:
                return None
            rows.append(row)
        return rows

    def _is_named(self, lower: int) -> bool:
        return self._named.fullmatch(self._vocab.strings[lower]) is not None

    def _asked(self, tag: int, lower: int, dep: int, space: int) -> Row | None:
        """What the shipped ruler sets at a token; None where that can't be told from the token alone."""
        strings = self._vocab.strings
        word = strings[lower] if lower else _SPACE if space else _OTHER
        alone = Doc(self._vocab, words=[word], tags=[strings[tag]], heads=[0], deps=[strings[dep]])
        begins = bool(self._longer(alone, allow_missing=True))
        token = self._ruler(alone)[0]
        kept = token.tag == tag and token.dep == dep and not begins
        row = (token.pos, _morphology(token), token.lemma) if kept else None
        self._rows[tag, lower, dep, space] = row
        return row


def _morphology(token: Token) -> int:
    morph: Any = token.morph
    return int(morph.key)


def _words(pattern: dict[str, Any]) -> Iterator[str]:
    """The words that a pattern's first token names, as regular expressions."""
    named = pattern.get("LOWER", {})
    if isinstance(named, str):
        yield re.escape(named)
    elif "REGEX" in named:
        yield named["REGEX"]
    else:
        yield from (re.escape(word) for words in named.values() for word in words)


@Language.factory(NAME)
def table_ruler(nlp: Language, name: str) -> TableRuler:  # noqa: ARG001 - spaCy passes the name
    """The component that stands for the pipeline's attribute ruler."""
    ruler: Any = nlp.get_pipe("attribute_ruler")
    return TableRuler(ruler)
