"""Web pages by lxml: the article of a page as text with Markdown's marks for headings and lists.

In: bytes of HTML. Out: a Document whose text holds the article's words in their order, one block a
paragraph. Navigation, banners, forms, captions and whatever else stands around an article are left
out. What the page says of itself for machines (publisher, date) comes first as lines of front
matter, so that it is read like what a person would have written there.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml import html as markup

from kg.errors import ReadError
from kg.languages.english import word_set
from kg.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".html", ".htm", ".xhtml")

_DROPPED = word_set(
    "script style noscript template nav footer aside form button select svg iframe object video audio canvas "
    "figcaption head dialog input textarea label"
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu"})
_AROUND = re.compile(
    r"(?:^|[-_\s])(?:nav(?:bar|igation)?|menu|cookies?|consent|breadcrumbs?|share|sharing|social|sidebar|"
    r"related|"
    r"comments?|newsletter|subscribe|footer|advert\w*|ads?|promo\w*|popup|modal|skip\w*|pagination|tags?|"
    r"byline-social|"
    r"recommended|toolbar|masthead|widget)(?:$|[-_\s])",
    re.IGNORECASE,
)
_BLOCKS = word_set(
    "p div section article main li ul ol blockquote pre table tr h1 h2 h3 h4 h5 h6 dl dt dd figure header "
    "address hr details summary tbody thead body"
)
_HEADING = re.compile(r"h[1-6]")
_CELLS = ("td", "th")
_SITE = re.compile(r"\s+[|–—»]\s+[^|–—»]{2,60}$")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FEWEST = 200
"""Characters that make an element the article of a page."""


def decode(data: bytes, name: str) -> Document:
    """The document that these bytes hold. Raises ReadError where there is no text in it."""
    page = _parsed(data)
    article = _article(page)
    blocks = list(_blocks(article))
    if not any(c.isalnum() for _, words in blocks for c in words):
        raise ReadError("no text in it", mend="Save the page as the browser shows it, once it has loaded.")
    if not any(mark == "# " for mark, _ in blocks) and (title := _title(page)):
        blocks.insert(0, ("# ", title))
    front = "".join(f"{key}: {value}\n" for key, value in _front(page))
    body = "\n\n".join(mark + words for mark, words in blocks)
    return Document(name=name, text=(front + "\n" if front else "") + body + "\n", media_type="text/html")


def _parsed(data: bytes) -> Any:
    """The tree of a page; UTF-8 where the bytes are that, else the encoding that the page states."""
    try:
        source: str | bytes = re.sub(r"^\s*<\?xml[^>]*\?>", "", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        source = data
    try:
        return markup.document_fromstring(source)
    except (etree.ParserError, ValueError) as error:
        raise ReadError(f"no HTML that can be read ({error})", mend="Is it a web page?") from error


def _article(page: Any) -> Any:
    """The element that holds the article: the longest <article>, else <main>, else the body."""
    for path in ("//article", "//main|//*[@role='main']", "//body"):
        found = [e for e in page.xpath(path) if len(_words(e)) >= _FEWEST]
        if found:
            return max(found, key=lambda e: len(_words(e)))
    return page


def _words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def _is_around(element: Any) -> bool:
    """True for what stands around an article."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED or element.get("role") in _ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if "display:none" in (element.get("style") or "").replace(" ", ""):
        return True
    if element.tag == "header" and element.find(".//h1") is None:
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag not in ("body", "article", "main") and _AROUND.search(named) is not None


def _blocks(element: Any) -> Iterator[tuple[str, str]]:
    """Mark and words of each paragraph, heading, list item and table row, in order."""
    if _is_around(element):
        return
    tag = element.tag
    if _HEADING.fullmatch(tag):
        yield from _marked("#" * int(tag[1]) + " ", _inline(element))
    elif tag == "tr":
        cells = [" ".join(_inline(c).split()) for c in element if c.tag in _CELLS]
        if any(cells):
            yield "", "| " + " | ".join(cells) + " |"
    elif not any(e.tag in _BLOCKS for e in element.iterdescendants() if isinstance(e.tag, str)):
        yield from _marked(_mark(element), _inline(element))
    else:
        yield from _mixed(element)


def _mixed(element: Any) -> Iterator[tuple[str, str]]:
    """The blocks of an element that holds both words and blocks."""
    mark, held = _mark(element), element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag in _BLOCKS:
            yield from _marked(mark, held)
            inner = list(_blocks(child))
            if mark and not held.strip() and inner and not inner[0][0]:
                inner[0] = (mark, inner[0][1])
            mark, held = "" if held.strip() or inner else mark, ""
            yield from inner
        else:
            held += _inline(child)
        held += child.tail or ""
    yield from _marked(mark, held)


def _mark(element: Any) -> str:
    """The mark of a list item; emphasis is kept where it is a paragraph's whole."""
    if element.tag != "li":
        return ""
    above = element.getparent()
    if above is None or above.tag != "ol":
        return "- "
    return f"{[e for e in above if e.tag == 'li'].index(element) + 1}. "


def _marked(mark: str, words: str) -> Iterator[tuple[str, str]]:
    """The lines of a block that hold anything."""
    for line in words.split("\n\n"):
        if plain := " ".join(line.split()):
            yield mark, plain


def _inline(element: Any) -> str:
    """The words of an element, line breaks as paragraphs, a paragraph all in bold in asterisks."""
    if isinstance(element.tag, str) and element.tag == "br":
        return "\n\n"
    if _is_around(element):
        return ""
    inner = (element.text or "") + "".join(_inline(c) + (c.tail or "") for c in element)
    inner = re.sub(r"[ \t\r\f]*\n(?!\n)[ \t]*", " ", re.sub(r"\n\n+", "\0", inner)).replace("\0", "\n\n")
    if element.tag in ("strong", "b") and _is_whole(element):
        return f"**{inner.strip()}**"
    return inner


def _is_whole(element: Any) -> bool:
    """True for emphasis that is all of its paragraph."""
    above = element.getparent()
    return above is not None and above.tag in ("p", "div") and _words(above) == _words(element) != ""


def _title(page: Any) -> str:
    """The title of a page: its heading, else what it says to machines, without the site's name."""
    for path in ("//h1", "//meta[@property='og:title']/@content", "//title"):
        for found in page.xpath(path):
            words = " ".join(str(found).split()) if isinstance(found, str) else _words(found)
            if words:
                return _SITE.sub("", words)
    return ""


def _front(page: Any) -> Iterator[tuple[str, str]]:
    """Publisher and date that the page states for machines."""
    stated = list(_linked(page))
    names = [*page.xpath("//meta[@property='og:site_name']/@content"), *_publishers(stated)]
    if name := next((" ".join(str(n).split()) for n in names if str(n).strip()), ""):
        yield "Publisher", name
    paths = (
        "//meta[@property='article:published_time']/@content",
        "//meta[@name='date' or @name='DC.date' or @itemprop='datePublished']/@content",
        "//article//time/@datetime",
    )
    told = [str(v) for path in paths for v in page.xpath(path)]
    told += [str(s["datePublished"]) for s in stated if isinstance(s.get("datePublished"), str)]
    if day := next((m[0] for t in told if (m := _DATE.match(t))), ""):
        yield "Date", day


def _publishers(stated: list[dict[str, Any]]) -> Iterator[str]:
    for one in stated:
        held = one.get("publisher")
        if isinstance(held, dict) and isinstance(held.get("name"), str):
            yield held["name"]


def _linked(page: Any) -> Iterator[dict[str, Any]]:
    """The objects that a page states as JSON-LD; what is no JSON is skipped, browsers do the same."""
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            told = json.loads(str(script))
        except ValueError:
            continue
        many = told if isinstance(told, list) else [told]
        yield from (o for o in many if isinstance(o, dict))
        for one in many:
            graph = one.get("@graph") if isinstance(one, dict) else None
            yield from (o for o in (graph if isinstance(graph, list) else ()) if isinstance(o, dict))
