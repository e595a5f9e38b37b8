"""PDF, web pages and Word documents: their text as paragraphs, headings and lists, furniture left out."""

from __future__ import annotations

import io

import docx
import pytest

from kg.errors import ReadError
from kg.readers import docx as word
from kg.readers import html, pdf
from kg.text.items import split


def printed(pages: list[list[str]]) -> bytes:
    """A PDF of the simplest kind: lines of text on pages."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line.replace('(', '[').replace(')', ']')}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 10 Tf 50 780 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    body, starts = "%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        starts.append(len(body))
        body += f"{number} 0 obj\n{held}\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in starts)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + f"xref\n0 {size}\n0000000000 65535 f \n{table}" + trailer).encode("latin-1")


PAGES = [
    [
        "Lakeside Watch - Report on the harbour",
        "Harbour closed for nine days",
        "Police closed the harbour on Monday and held nine dock workers for a",
        "night without asking a court, as their families told us in the even-",
        "ing of the same day.",
        "- Open the port at once.",
        "- Pay the workers.",
        "1",
    ],
    [
        "Lakeside Watch - Report on the harbour",
        "The minister said nothing about it when the dock workers asked him",
        "on the radio what had been done with their money and their papers.",
        "2",
    ],
    ["Lakeside Watch - Report on the harbour", "Nothing has been paid since then.", "3"],
]


PARAGRAPHS = """\
Police closed the harbour on Monday and held nine dock workers for a night without asking a court, as their \
families told us in the evening of the same day.
- Open the port at once.
- Pay the workers.
The minister said nothing about it when the dock workers asked him on the radio what had been done with \
their money and their papers.
Nothing has been paid since then.
""".splitlines()
PARAGRAPHS[-1] += "\n"


def test_pdf_is_read_as_paragraphs_without_furniture() -> None:
    document = pdf.decode(printed(PAGES), "report.pdf")
    assert document.media_type == "application/pdf"
    assert document.text.split("\n\n") == ["Harbour closed for nine days", *PARAGRAPHS]


def test_pdf_without_text_or_that_is_none_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReadError, match="scan") as scan:
        pdf.decode(printed([[]]), "scan.pdf")
    assert "ocrmypdf" in scan.value.mend
    with pytest.raises(ReadError, match="no PDF"):
        pdf.decode(b"%PDF-1.4 and nothing else", "broken.pdf")


PAGE = """<!doctype html><html><head><title>Harbour closed | Lakeside Watch</title>
<meta property="og:site_name" content="Lakeside Watch">
<meta property="article:published_time" content="2021-05-03T10:00:00Z">
<script>var x = "no text";</script></head>
<body><nav><ul><li>Home</li><li>News</li></ul></nav>
<article><header><h1>Harbour closed for nine days</h1></header>
<p>Police closed the <b>harbour</b> on Monday and held nine dock
workers&nbsp;for a night without asking a court.</p>
<p><strong>What happened?</strong></p><p>They came.<br>They left.</p>
<p>We call on the government to:</p><ul><li>open <em>the</em> port;</li><li><p>pay the workers.</p></li></ul>
<table><tr><th>Name</th><th>Post</th></tr><tr><td>Mira</td><td>Director</td></tr></table>
<div class="share-buttons">Share this</div></article><aside>Related</aside>
<footer>Imprint</footer></body></html>"""


def test_web_page_is_read_as_its_article() -> None:
    document = html.decode(PAGE.encode(), "page.html")
    assert document.media_type == "text/html"
    assert document.text.split("\n\n") == [
        "Publisher: Lakeside Watch\nDate: 2021-05-03",
        "# Harbour closed for nine days",
        "Police closed the harbour on Monday and held nine dock workers for a night without asking a court.",
        "**What happened?**",
        "They came.",
        "They left.",
        "We call on the government to:",
        "- open the port;",
        "- pay the workers.",
        "| Name | Post |",
        "| Mira | Director |\n",
    ]
    (item,) = split(document)
    assert (item.publisher, item.date) == ("Lakeside Watch", "2021-05-03")
    assert document.quote(item.title) == "Harbour closed for nine days"


def test_web_page_in_another_encoding_is_read_by_what_it_states() -> None:
    page = (
        '<html><head><meta charset="iso-8859-1"><title>Café</title></head><body><p>Café zu</p></body></html>'
    )
    assert html.decode(page.encode("latin-1"), "page.html").text == "# Café\n\nCafé zu\n"


def test_web_page_without_words_is_refused() -> None:
    with pytest.raises(ReadError, match="no text"):
        html.decode(b"<html><body><script>x()</script></body></html>", "page.html")


def test_word_document_is_read_in_order() -> None:
    made = docx.Document()
    made.add_heading("Harbour closed", 0)
    made.add_heading("What happened", 1)
    made.add_paragraph("Police closed it.")
    made.add_paragraph("Open it", style="List Bullet")
    table = made.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Mira", "Director"
    made.add_paragraph().add_run("In bold").bold = True
    held = io.BytesIO()
    made.save(held)
    document = word.decode(held.getvalue(), "page.docx")
    assert document.text.rstrip("\n").split("\n\n") == [
        "# Harbour closed",
        "## What happened",
        "Police closed it.",
        "- Open it",
        "| Mira | Director |",
        "**In bold**",
    ]


def test_word_document_that_is_none_or_empty_is_refused() -> None:
    with pytest.raises(ReadError, match="no Word document"):
        word.decode(b"PK and nothing else", "page.docx")
    held = io.BytesIO()
    docx.Document().save(held)
    with pytest.raises(ReadError, match="empty"):
        word.decode(held.getvalue(), "page.docx")
