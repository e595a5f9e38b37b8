"""SHACL over the ontology's own metadata: each shape finds its planted defect, and nothing else."""

from __future__ import annotations

import shutil

import pytest

from kg.metadata import metadata_problems
from kg.vocabulary import ontology_folder

HEADER, CORE = "rightsgraph.ttl", "modules/core.ttl"
DEFECTS = {
    "one version IRI": (HEADER, "owl:versionIRI <https://w3id.org/rightsgraph/ontology/0.1.0> ;", ""),
    "the version before it": (HEADER, "owl:priorVersion <https://w3id.org/rightsgraph/ontology/0.0.0> ;", ""),
    "three numbers": (HEADER, 'owl:versionInfo "0.1.0"', 'owl:versionInfo "first"'),
    "one licence": (HEADER, "dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;", ""),
    "its creators": (HEADER, 'dcterms:creator "The RightsGraph founders" ;', ""),
    "date of issue": (HEADER, 'dcterms:issued "2026-11-23"^^xsd:date', 'dcterms:issued "2026"'),
    "preferred prefix": (HEADER, 'vann:preferredNamespacePrefix "rg"', 'vann:preferredNamespacePrefix "hr"'),
    "one label in each language": (CORE, "", 'rg:Occurrence rdfs:label "incident"@en .'),
    "an English label": (CORE, "", 'rg:Newer a owl:Class ; rdfs:label "neu"@de .'),
    "a French label": (CORE, "", 'rg:New a owl:Class ; rdfs:label "new"@en .'),
    "a Spanish label": (CORE, "", 'rg:New a owl:Class ; rdfs:label "new"@en .'),
    "a definition": (CORE, "", "rg:New a owl:Class ."),
    "its source": (CORE, "", "rg:New a owl:Class ."),
    "one module": (CORE, "", "rg:Occurrence rdfs:isDefinedBy <https://w3id.org/rightsgraph/ontology/law> ."),
    "has a language tag": (CORE, "", 'rg:Occurrence skos:altLabel "incident" .'),
}
"""A word of each message, and what is changed in which file."""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What is found in an ontology with all the defects at once."""
    folder = tmp_path_factory.mktemp("defects") / "ontology"
    shutil.copytree(ontology_folder(), folder)
    for name, old, new in DEFECTS.values():
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        text = text.replace(old, new) if old else f"{text}\n{new}\n"
        (folder / name).write_text(text, encoding="utf-8")
    return metadata_problems(folder)


@pytest.mark.parametrize("words", DEFECTS)
def test_a_planted_defect_is_found(found, words):
    assert [p for p in found if words in p.what]


def test_only_what_was_planted_is_found(found):
    planted = {"ontology", "ontology#Occurrence", "ontology#New", "ontology#Newer"}
    assert {p.where.rpartition("/")[2] for p in found} == planted
    assert all(p.mend for p in found)
