"""Hostile requests of every class that is known to bring endpoints down, and mutations of them.

In: nothing. Out: at least 150 query texts, the same on every machine.
"""

from __future__ import annotations

import random

_CROSS = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a LIMIT 1",
    "SELECT * { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>|^!<urn:x>)* ?d . ?e (!<urn:x>|^!<urn:x>)* ?f }",
    "SELECT * { ?a (((((!<urn:x>)*)*)*)*)* ?b . ?c (!<urn:x>)* ?d . ?e (!<urn:x>)* ?f }",
    "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    'ASK { FILTER(REGEX("' + "a" * 5_000 + '!", "((a{1,500}){1,500}){1,500}$")) }',
    'ASK { FILTER(REGEX("' + "a" * 30 + '!", "(a+)+$")) }',
    "SELECT * {" + " ".join(f"VALUES ?v{i} {{ {'1 ' * 100} }}" for i in range(6)) + "}",
    "SELECT (STRLEN(?x30) AS ?n) { BIND('aaaaaaaa' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(30))
    + "}",
    "SELECT (STRLEN(?x7) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?x0) "
    + " ".join(f"BIND(REPLACE(?x{i}, 'a', 'aaaaaaaaaaaaaaaa') AS ?x{i + 1})" for i in range(7))
    + "}",
]
_DEEP = [
    *("ASK " + "{" * n + "}" * n for n in (90, 99, 101, 600, 2_500, 20_000)),
    *("ASK { FILTER(" + "(" * n + "1" + ")" * n + ") }" for n in (90, 1_200, 5_000, 20_000)),
    *("ASK { FILTER(" + "!" * n + "?x) }" for n in (500, 2_900, 50_000)),
    *("ASK { ?s " + "(" * n + "<urn:p>" + ")" * n + " ?o }" for n in (90, 4_000, 20_000)),
    *("ASK {" + "OPTIONAL {" * n + "}" * n + "}" for n in (90, 800, 3_000)),
    *("SELECT * {" + "{ SELECT * {" * n + "}}" * n + "}" for n in (40, 2_000)),
    *("SELECT * { {}" + " UNION {}" * n + "}" for n in (250, 20_000)),
    *("ASK { FILTER(1" + "+1" * n + " = 1) }" for n in (2_000, 100_000)),
    *("ASK { ?s ?p " + "[ ?p " * n + "[]" + "]" * n + " }" for n in (10, 15, 50, 200, 20_000)),
    *("SELECT * {" + " . ".join(f"?a{i} ?p ?a{i + 1}" for i in range(n)) + "}" for n in (100, 290, 800)),
    "SELECT * { ?s ?p " + "(" * 5_000 + ")" * 5_000 + " }",
    "SELECT " + "(1 AS ?x) " * 5_000 + "{}",
]
_OUTWARD = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\u0022" . SERVICE <http://127.0.0.1:9/> {} ?s ?p "" }',
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:9/> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <http://127.0.0.1:9/>",
    "LOAD SILENT <file:///etc/passwd>",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DROP ALL",
]
_TWISTED = [
    "",
    "\x00",
    "\ufeffASK {}",
    "ASK { ?s ?p '\ud83d\ude00'.encode }",
    'ASK { ?s ?p "' + "\\" * 10_001 + '" }',
    "SELECT * { ?s ?p '''" + "''" * 20_000 + " }",
    "#" * 100_000,
    "ASK { <" + "a" * 100_000 + "> ?p ?o }",
    "SELECT * { ?" + "x" * 100_000 + " ?p ?o }",
    "PREFIX a: <urn:> " * 2_000 + "ASK {}",
    "SELECT * { ?s ?p 1e999999999 , 99999999999999999999999999999999999 }",
    "ASK { FILTER(1" + "/0" * 1_000 + ") }",
    "SELECT * { VALUES ?x { " + "<urn:x> " * 60_000 + "} }",
    "ASK { FILTER(?a<" + "!" * 5_000 + "(?b>?c)) }",
]


def texts() -> list[str]:
    """The corpus, with mutations of its shorter members."""
    fixed = [*_CROSS, *_DEEP, *_OUTWARD, *_TWISTED]
    rng = random.Random(7)  # noqa: S311 - the same mutations everywhere
    short = [t for t in fixed if 0 < len(t) < 3_000]
    return fixed + [_mutated(rng, rng.choice(short)) for _ in range(120)]


def _mutated(rng: random.Random, text: str) -> str:
    """A text with some pieces doubled, dropped, moved or replaced."""
    parts = list(text)
    for _ in range(rng.randint(1, 6)):
        start = rng.randrange(len(parts))
        end = min(len(parts), start + rng.randint(1, 30))
        piece = parts[start:end]
        parts[start:end] = rng.choice(
            [
                piece * 3,
                [],
                list("{}()[]<>\"'\\#;.,*+?!|^/"),
                piece[::-1],
                list(rng.choice("?*{}[]()\"'<>\x00")),
            ]
        )
        if not parts:
            parts = list("{")
    return "".join(parts)
