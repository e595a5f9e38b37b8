"""The command line: every command calls one function of the library and shows what it gives.

Exit codes: 0 clean, 1 there are problems, 2 wrong usage or cannot go on.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kg.errors import RightsGraphError, UsageError

if TYPE_CHECKING:
    from kg.report import Report

app = typer.Typer(
    name="rightsgraph",
    help="Human rights documents to a knowledge graph in which every fact leads back to its sentence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Paths = Annotated[list[Path], typer.Argument(help="Documents, or folders of them.")]
StoreOption = Annotated[Path, typer.Option("--store", help="Folder of the builds.")]
Jobs = Annotated[int, typer.Option(min=1, help="Processes that read documents.")]
Ontology = Annotated[Path | None, typer.Option(help="An ontology folder other than the packaged one.")]


@app.command()
def build(
    paths: Paths,
    store: StoreOption = Path("build/store"),
    base: Annotated[str, typer.Option(help="Address under which the data's IRIs stand.")] = "",
    jobs: Jobs = 1,
    ontology: Ontology = None,
    *,
    licence: Annotated[str, typer.Option(help="Address of the licence of the statements.")] = "",
) -> None:
    """Read documents into a new store, and swap it in whole."""
    from kg import console, pipeline
    from kg.stores import LICENCE
    from kg.vocabulary import ID

    with console.watching("Reading") as watch:
        options = pipeline.Options(base or ID, jobs, ontology, watch, licence or LICENCE)
        made, report = pipeline.build(paths, store, options)
    console.print_report(report)
    typer.echo(f"Build {made.folder.name} stands in {made.folder}")
    _end(report)


@app.command()
def facts(
    paths: Paths,
    out: Annotated[Path, typer.Option(help="Folder for the CSV files.")],
    jobs: Jobs = 1,
    ontology: Ontology = None,
) -> None:
    """Write the fact tables of documents, one CSV file a table."""
    from kg import console, pipeline, tables

    with console.watching("Reading") as watch:
        options = pipeline.Options(jobs=jobs, ontology=ontology, watch=watch)
        store, report = pipeline.build_in_memory(paths, options)
    rows = tables.fact_tables(store, out)
    console.print_report(report)
    console.print_table(("table", "rows"), ((name, str(count)) for name, count in rows.items()))
    _end(report)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def query(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of a question; without one, all are listed.")] = "",
    store: StoreOption = Path("build/store"),
    format: Annotated[str, typer.Option(help="table, csv or json.")] = "table",  # noqa: A002 - the option's name
) -> None:
    """Ask the store a question; its parameters are options, such as --country TM."""
    from kg import answers

    if not name:
        answers.list_questions()
        return
    answers.ask(store, name, _options(context.args), format)


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help="File to write; .gz is gzipped; - is the standard output.")],
    *,
    format: Annotated[  # noqa: A002 - the option's name
        str,
        typer.Option(
            help="nquads, trig, turtle, ntriples, jsonld or rdfxml, else the file's ending tells; csv "
            "(a folder), nanopublications, skos, description, or all of them (a folder)."
        ),
    ] = "",
    store: StoreOption = Path("build/store"),
    country: Annotated[list[str] | None, typer.Option(help="Only what is told of this country.")] = None,
    document: Annotated[list[str] | None, typer.Option(help="Only this document, by file name.")] = None,
    since: Annotated[str, typer.Option(help="Only from this year, month or day on.")] = "",
    until: Annotated[str, typer.Option(help="Only up to this year, month or day.")] = "",
    stated: Annotated[bool, typer.Option("--stated", help="Leave out what is inferred.")] = False,
) -> None:
    """Write the store, or a part of it, to a file."""
    from kg.dumps import form_of
    from kg.export import export as write
    from kg.selection import Selection
    from kg.stores import named

    selection = Selection(tuple(country or ()), tuple(document or ()), since, until, inferred=not stated)
    write(named(store), None if str(path) == "-" else path, format or form_of(path), selection)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="A store, or one of its builds.")],
    new: Annotated[Path, typer.Argument(help="A later one.")],
    *,
    patch: Annotated[bool, typer.Option("--patch", help="As an RDF patch instead of words.")] = False,
) -> None:
    """Tell what changed from one build to another."""
    from kg.diff import difference, in_words, write_patch
    from kg.stores import named

    before, after = named(old), named(new)
    if patch:
        write_patch(before, after, sys.stdout.buffer)
    else:
        for line in in_words(difference(before, after)):
            typer.echo(line)


@app.command()
def push(
    to: Annotated[str, typer.Option(help="Address of the graph store or update endpoint.")],
    store: StoreOption = Path("build/store"),
    protocol: Annotated[str, typer.Option(help="graph-store or update.")] = "graph-store",
) -> None:
    """Send the store to another endpoint, graph by graph; goes on where it broke off."""
    from kg import console
    from kg.push import push as send
    from kg.stores import current

    with console.watching("Sending") as watch:
        counts = send(current(store), store, to, protocol, watch)
    typer.echo(", ".join(f"{number} graphs {what}" for what, number in counts.items()))


@app.command()
def serve(
    store: StoreOption = Path("build/store"),
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; the next free one where it is taken.")] = 8000,
    workers: Annotated[int, typer.Option(help="Queries answered at a time; 0: one a processor.")] = 0,
    timeout: Annotated[float, typer.Option(help="Seconds that a query may take.")] = 30.0,
    memory: Annotated[int, typer.Option(help="Megabytes that a query may take.")] = 1024,
    cache: Annotated[int, typer.Option(help="Megabytes of answers kept.")] = 64,
    base: Annotated[str, typer.Option(help="Public address, where a proxy stands before it.")] = "",
    log: Annotated[str, typer.Option(help="events, requests or queries.")] = "events",
    queue: Annotated[int, typer.Option(help="Queries that may wait.")] = 128,
    rows: Annotated[int, typer.Option(help="Rows in an answer; 0: no bound.")] = 1_000_000,
    size: Annotated[int, typer.Option(help="Megabytes in an answer.")] = 256,
    resident: Annotated[str, typer.Option(help="Hold the store in memory: auto, always or never.")] = "auto",
    union: Annotated[bool, typer.Option(help="The default graph is the union of the named ones.")] = True,
    writable: Annotated[bool, typer.Option("--writable", help="Take changes from who has the key.")] = False,
    key_file: Annotated[Path | None, typer.Option(help="File that holds the key for changes.")] = None,
) -> None:
    """Serve the store: SPARQL, pages and linked data."""
    import server

    options = server.ServeOptions(
        host=host,
        port=port,
        timeout=timeout,
        memory=memory,
        cache=cache,
        base=base,
        log=log,
        queue=queue,
        rows=rows,
        size=size,
        resident=resident,
        union=union,
        writable=writable,
        key=server.key(key_file),
    )
    server.serve(store, replace(options, workers=workers) if workers else options)


@app.command()
def check(
    ontology: Ontology = None,
    store: Annotated[Path | None, typer.Option("--store", help="Folder of builds: its data too.")] = None,
    *,
    reasoner: Annotated[bool, typer.Option(help="Ask HermiT as well, where there is Java.")] = True,
) -> None:
    """Run the gates on the ontology and on a store, and tell what to mend."""
    from kg import check as gates
    from kg import console
    from kg.stores import current
    from kg.stores.oxigraph import opened
    from kg.vocabulary import ontology_folder

    data = opened(current(store)) if store else None
    found = list(gates.examine(ontology or ontology_folder(), data, reasoner=reasoner))
    console.print_table(("looked at", "found"), ((part.name, part.told) for part in found))
    problems = [problem for part in found for problem in part.problems]
    for problem in problems:
        typer.echo(f"{problem.where}: {problem.what}. {problem.mend}")
    if problems:
        raise typer.Exit(1)


@app.command()
def doctor(store: StoreOption = Path("build/store")) -> None:
    """Tell Python, Java, model, store and versions."""
    from kg import console
    from kg.doctor import findings

    found = list(findings(store))
    console.print_table(("part", "found"), ((f.subject, f.told) for f in found))
    if not all(f.well for f in found):
        raise typer.Exit(1)


def _options(args: list[str]) -> dict[str, str]:
    """`--country TM` and `--country=TM` as a mapping."""
    found: dict[str, str] = {}
    rest = iter(args)
    for arg in rest:
        if not arg.startswith("--"):
            raise UsageError(f"{arg!r} belongs to no option", mend="Write --NAME VALUE.")
        name, equals, value = arg[2:].partition("=")
        found[name] = value if equals else next(rest, "")
        if not found[name]:
            raise UsageError(f"--{name} needs a value")
    return found


def _end(report: Report) -> None:
    if report.problems:
        raise typer.Exit(1)


def main() -> NoReturn:
    """Run a command; what can't go on is one line on the error stream."""
    try:
        app(standalone_mode=True)
    except RightsGraphError as error:
        typer.echo(f"rightsgraph: {error}", err=True)
        sys.exit(error.exit_code)
    sys.exit(0)


if __name__ == "__main__":
    main()
