"""A query as tokens that can be edited: what the repairs work on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from kg.engine.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAIRS = {"{": "}", "(": ")", "[": "]"}


class Draft:
    """The tokens of a query, which brackets match, and the edits to be made."""

    def __init__(self, text: str, base: str = "") -> None:
        self.text = text
        self.tokens = list(tokens(text))
        self.partner = self._partners()
        self.base, self.prefixes = base, dict[str, str]()
        self.default_graphs: list[str] = []
        self.named_graphs: list[str] = []
        self._edits: list[tuple[int, int, str]] = []
        self._read_head()

    def __getitem__(self, index: int) -> Token:
        """A token; an empty one beyond the end."""
        return self.tokens[index] if index < len(self.tokens) else Token("end", "", len(self.text))

    def __len__(self) -> int:
        return len(self.tokens)

    def _partners(self) -> dict[int, int]:
        found, waiting = {}, list[int]()
        for index, token in enumerate(self.tokens):
            if token.kind != "mark":
                continue
            if token.text in _PAIRS:
                waiting.append(index)
            elif waiting and token.text == _PAIRS[self.tokens[waiting[-1]].text]:
                found[waiting[-1]] = index
                found[index] = waiting.pop()
        return found

    def _read_head(self) -> None:
        """Base, prefixes and dataset clauses."""
        for index, token in enumerate(self.tokens):
            if token.says("{"):
                return
            following = self[index + 1]
            if token.says("BASE") and following.kind == "iri":
                self.base = _joined(self.base, following.text[1:-1]) or self.base
            elif token.says("PREFIX") and self[index + 2].kind == "iri":
                namespace = _joined(self.base, self[index + 2].text[1:-1])
                if namespace is not None:
                    self.prefixes[following.text] = namespace
            elif token.says("FROM"):
                named = following.says("NAMED")
                iri = self.iri(self[index + 2] if named else following)
                if iri is not None:
                    (self.named_graphs if named else self.default_graphs).append(iri)

    @property
    def dataset(self) -> bool:
        """True where the query itself names its dataset."""
        return bool(self.default_graphs or self.named_graphs)

    def iri(self, token: Token) -> str | None:
        """The IRI that a token names, or None."""
        if token.kind == "iri":
            return _joined(self.base, token.text[1:-1])
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix + ":" in self.prefixes:
                return self.prefixes[prefix + ":"] + local.replace("\\", "")
        return None

    def find(self, *words: str) -> Iterator[int]:
        """Where these keywords or marks stand."""
        return (i for i, token in enumerate(self.tokens) if token.says(*words))

    def source(self, first: int, last: int) -> str:
        """The text from one token to another, both included."""
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def replace(self, first: int, last: int, text: str) -> None:
        """Put a text in the place of the tokens from first to last."""
        self._edits.append((self.tokens[first].start, self.tokens[last].end, text))

    def insert(self, before: int, text: str) -> None:
        """Put a text before a token."""
        self._edits.append((self[before].start, self[before].start, text))

    def done(self) -> str:
        """The text with all edits made; the same object where there are none."""
        if not self._edits:
            return self.text
        parts, at = [], 0
        for start, end, text in sorted(self._edits):
            parts += [self.text[at:start], text]
            at = max(at, end)
        return "".join([*parts, self.text[at:]])


def _joined(base: str, iri: str) -> str | None:
    """An IRI resolved; None for what the engine's parser will refuse, with the place, where we can't."""
    try:
        return urljoin(base, iri)
    except ValueError:
        return None
