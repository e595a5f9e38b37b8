"""DQV: how full and how sure the facts are, table by table of the fact contract.

For each table the number of rows, the share of rows in which each column is told, and the mean
confidence of its claims. Precision against a gold standard can't be known from the data; it
stands in docs/extraction.md with the day it was measured.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rdflib import Graph, Literal
from rdflib.namespace import RDF, SKOS, XSD

from kg.description.subject import DQV, value_of
from kg.questions import questions

if TYPE_CHECKING:
    from kg.description.subject import Subject

METRICS = {
    "rows": ("number of rows", "completeness"),
    "share": ("share of rows in which the column is told", "completeness"),
    "confidence": ("mean confidence of the claims", "accuracy"),
    "evidence": (
        "share of claims whose quote is the source text at its offsets; a build with less fails",
        "credibility",
    ),
}
CONFIDENCE = """SELECT ?status (AVG(?c) AS ?mean) WHERE { ?claim rg:confidence ?c ; rg:status ?status }
GROUP BY ?status ORDER BY ?status"""
UNTOLD = {"", "*"}


def add(graph: Graph, subject: Subject) -> None:
    """Metrics, and a measurement for each table, column and status."""
    for name, (definition, dimension) in METRICS.items():
        metric = subject.iri(f"dataset/metric/{name}")
        graph.add((metric, RDF.type, DQV.Metric))
        graph.add((metric, SKOS.prefLabel, Literal(name, lang="en")))
        graph.add((metric, SKOS.definition, Literal(definition, lang="en")))
        graph.add((metric, DQV.inDimension, subject.iri(f"dataset/dimension/{dimension}")))
        graph.add((metric, DQV.expectedDataType, XSD.integer if name == "rows" else XSD.decimal))
        graph.add((subject.iri(f"dataset/dimension/{dimension}"), RDF.type, DQV.Dimension))
        graph.add(
            (subject.iri(f"dataset/dimension/{dimension}"), SKOS.prefLabel, Literal(dimension, lang="en"))
        )
    for table, question in questions("facts").items():
        rows, told = 0, Counter[str]()
        solutions = question.answer(subject.store, base=subject.base)
        names = [variable.value for variable in solutions.variables]
        for row in solutions:
            rows += 1
            told.update(name for name in names if value_of(row[name]) not in UNTOLD)
        _measure(graph, subject, "rows", table, Literal(rows))
        for name in names:
            if rows:
                _measure(graph, subject, "share", f"{table}/{name}", _share(told[name], rows))
    for row in subject.rows(CONFIDENCE):
        status = row["status"].rpartition("#")[2]
        _measure(graph, subject, "confidence", status, _decimal(float(row["mean"])))
    _measure(graph, subject, "evidence", "claims", _decimal(1.0))


def _measure(graph: Graph, subject: Subject, metric: str, of: str, value: Literal) -> None:
    iri = subject.iri(f"dataset/quality/{metric}/{of}")
    graph.add((subject.dataset, DQV.hasQualityMeasurement, iri))
    graph.add((iri, RDF.type, DQV.QualityMeasurement))
    graph.add((iri, DQV.computedOn, subject.dataset))
    graph.add((iri, DQV.isMeasurementOf, subject.iri(f"dataset/metric/{metric}")))
    graph.add((iri, SKOS.prefLabel, Literal(f"{metric} of {of.replace('/', ', ')}", lang="en")))
    graph.add((iri, DQV.value, value))


def _share(part: int, whole: int) -> Literal:
    return _decimal(part / whole)


def _decimal(number: float) -> Literal:
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return Literal(text, datatype=XSD.decimal, normalize=False)
