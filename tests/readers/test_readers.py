"""Files to Documents: what is read, and what is refused with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.readers import plain, read, readers

if TYPE_CHECKING:
    from pathlib import Path


def test_readers_are_found_by_looking() -> None:
    assert {".txt", ".text", ".md", ".markdown", ".pdf", ".html", ".htm", ".docx"} <= set(readers())


def test_every_reader_reads_the_same_text_to_the_letter(tmp_path: Path) -> None:
    text = "A title\n\nBody with ‘quotes’ and 周."
    seen = 0
    for suffix in (".txt", ".text", ".md", ".markdown"):
        path = tmp_path / f"page{suffix}"
        path.write_text(text, encoding="utf-8")
        assert read(path).text == text
        assert read(path).name == path.name
        seen += 1
    assert seen == 4


def test_line_ends_and_byte_order_mark_count_as_python_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "windows.txt"
    path.write_bytes("\ufeffTitle\r\n\r\nBody\r".encode())
    assert read(path).text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"--- *** ---", "empty"),
        (b"%PDF-1.4\x00\x01\x02\x03", "binary"),
        (bytes(range(1, 32)) * 50, "binary"),
        ("Café in the morning".encode("latin-1"), "not UTF-8"),
        ("A title".encode("utf-16"), "UTF-16"),
        ("A title".encode("utf-32"), "UTF-32"),
        (b"x" * (plain.LONGEST_LINE + 1), "one line"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason_and_a_way_out(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert reason in caught.value.what
    assert caught.value.where == str(path)
    assert caught.value.mend


def test_unknown_suffix_and_missing_file_are_read_errors(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no reader"):
        read(tmp_path / "page.odt")
    with pytest.raises(ReadError):
        read(tmp_path / "missing.txt")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = plain.decode(data, "page.txt")
    except ReadError:
        return
    assert "\r" not in document.text
