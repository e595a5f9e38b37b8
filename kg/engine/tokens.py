"""SPARQL text to tokens: what the guard counts and the repairs rewrite.

In: the text of a query or update. Out: `Token`s with their places, comments and white space
left out. One regular expression whose alternatives can't overlap, so that time is linear in
the text whatever it holds; a character that fits nothing is a token of its own, and the
parser of the engine then refuses it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
    (?P<space>  [\ \t\r\n]+ | \#[^\r\n]* )
  | (?P<iri>    <[^<>"{}|^`\\\x00-\x20]*> )
  | (?P<string> \"\"\"(?:(?:\"\"?)?(?:[^"\\]|\\.))*+\"\"\"
              | '''(?:(?:''?)?(?:[^'\\]|\\.))*+'''
              | "(?:[^"\\\r\n]|\\.)*+"
              | '(?:[^'\\\r\n]|\\.)*+' )
  | (?P<var>    [?$][^\W]+ )
  | (?P<lang>   @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<number> (?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)? )
  | (?P<name>   (?:\w(?:[\w.\-]*[\w\-])?)?:(?:[\w:\-.]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])* )
  | (?P<word>   \w+ )
  | (?P<mark>   \^\^|\|\||&&|!=|<=|>=|. )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Token(NamedTuple):
    """A stretch of a query and what it is."""

    kind: str
    """iri, string, var, lang, number, name, word or mark."""
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)

    def says(self, *words: str) -> bool:
        """True for one of these keywords or marks, whatever its case."""
        return self.kind in ("word", "mark") and self.text.upper() in words


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query in order."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "space" or kind is None:
            continue
        found = match.group()
        # A full stop after a prefixed name ends the triple: a name can't end in one.
        if kind == "name" and found.endswith("."):
            bare = found.rstrip(".")
            yield Token("name", bare, match.start())
            for i in range(len(bare), len(found)):
                yield Token("mark", ".", match.start() + i)
        elif kind == "number" and found.endswith("."):
            yield Token("number", found[:-1], match.start())
            yield Token("mark", ".", match.end() - 1)
        else:
            yield Token(kind, found, match.start())


def unescaped(text: str) -> str:
    r"""The text with `\uXXXX` replaced, which SPARQL allows anywhere, in keywords too."""
    if "\\u" not in text and "\\U" not in text:
        return text

    def character(match: re.Match[str]) -> str:
        point = int(match.group(1) or match.group(2), 16)
        valid = point < 0x110000 and not 0xD800 <= point < 0xE000  # noqa: PLR2004 - Unicode's own bounds
        return chr(point) if valid else match.group()

    return _ESCAPE.sub(character, text)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
