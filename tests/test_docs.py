"""The documentation against the program: commands, options, targets, questions, links."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
import typer.main
from typer.core import TyperGroup

from kg.__main__ import app
from kg.extractors.violations import extract
from kg.model import Document, Span, Status, Violation
from kg.questions import questions
from kg.text.items import split
from kg.text.reading import read_item
from kg.vocabulary import Vocabulary, ontology_folder, vocabulary

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


class Line(NamedTuple):
    """A command line that a page shows."""

    page: str
    words: tuple[str, ...]


def shown() -> list[Line]:
    """The command lines in the `sh` blocks of all pages, without comments and prompts."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            joined = block.replace("\\\n", " ")
            for line in joined.splitlines():
                words = shlex.split(line.removeprefix("$ "), comments=True)
                if words:
                    found.append(Line(page.name, tuple(words)))
    return found


SHOWN = shown()
OURS = [line for line in SHOWN if Path(line.words[0]).name == "rightsgraph"]
TARGETS = [line for line in SHOWN if line.words[0] == "make"]


def commands() -> dict[str, set[str]]:
    """The options of each command."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return {
        name: {o for p in command.params if p.param_type_name == "option" for o in p.opts}
        for name, command in group.commands.items()
    }


def test_the_pages_show_command_lines() -> None:
    assert len(OURS) >= 4
    assert len(TARGETS) >= 3


@pytest.mark.parametrize("line", OURS, ids=lambda x: f"{x.page}: {' '.join(x.words[1:])}")
def test_a_command_line_that_is_shown_exists(line: Line) -> None:
    name, *rest = line.words[1:]
    assert name in commands(), f"no command {name}; there are {sorted(commands())}"
    options = commands()[name]
    used = [w.partition("=")[0] for w in rest if w.startswith("--")]
    if name == "query" and rest and not rest[0].startswith("-"):
        known = questions()
        assert rest[0] in known, f"no question {rest[0]}; there are {sorted(known)}"
        options |= {f"--{p.name}" for p in known[rest[0]].parameters}
    assert set(used) <= options, f"{name} has {sorted(options)}"


@pytest.mark.parametrize("line", TARGETS, ids=lambda x: f"{x.page}: {' '.join(x.words[1:])}")
def test_a_make_target_that_is_shown_exists(line: Line) -> None:
    for word in line.words[1:]:
        name, equals, _ = word.partition("=")
        pattern = rf"^{name} \?=" if equals else rf"^{name}:"
        assert re.search(pattern, MAKEFILE, re.MULTILINE) or f"$({name})" in MAKEFILE, word


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [t for t in targets if not (page.parent / t).exists()]
    assert not missing


def test_every_page_of_the_documentation_is_in_its_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [p for p in PAGES if p.parent.name == "docs" and p.name != "README.md"]
    assert pages
    assert not [p.name for p in pages if f"({p.name})" not in index]


def test_every_command_is_told_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [name for name in commands() if f"rightsgraph {name}" not in readme]


def test_the_example_of_the_readme_is_read_as_it_says() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sentence = re.search(r"^> (.+)$", readme, re.MULTILINE)
    assert sentence
    document = Document(name="note.txt", text=f"Weekly note\n\n{sentence[1]}\n")
    terms = vocabulary()
    reading = read_item(split(document)[0], terms)
    claims = {c.about.type: c for c in extract(reading, terms) if isinstance(c.about, Violation)}
    assert set(claims) == {"ProtestDispersal", "ArbitraryDetention"}
    for kind, claim in claims.items():
        assert f"`{kind}`" in readme
        assert claim.status is Status.ASSERTED
        assert claim.claimant == "League for Dignity"
        assert isinstance(claim.about, Violation)
        assert (claim.about.country, claim.about.date) == ("GH", "2023-05")
        assert claim.evidence == Span(13, 113)
        assert document.quote(claim.evidence) == sentence[1]
    assert isinstance(claims["ArbitraryDetention"].about, Violation)
    assert claims["ArbitraryDetention"].about.count == 31


def test_the_class_that_the_guide_adds_is_found_in_text(tmp_path: Path) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    turtle = re.search(r"^```turtle\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    assert turtle
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_folder(), folder)
    with (folder / "modules" / "violations.ttl").open("a", encoding="utf-8") as module:
        module.write(turtle[1])
    text = "Weekly note\n\nIn May 2023 soldiers in Ghana confiscated the seeds of 40 farmers.\n"
    terms = Vocabulary(folder)
    reading = read_item(split(Document(name="note.txt", text=text))[0], terms)
    found = [c.about for c in extract(reading, terms) if isinstance(c.about, Violation)]
    assert [(v.type, v.country) for v in found] == [("SeedConfiscation", "GH")]
