"""A small store after docs/model.md."""

from __future__ import annotations

import pyoxigraph as ox

from kg.stores import oxigraph
from kg.stores.search import write_index

ID = "https://w3id.org/rightsgraph/id/"
TEXT = "Police in Ashgabat arrested twelve journalists in May 2019, said Free Quill. It denies torture."
DOCUMENT = "00aa11bb22cc33dd"
DATA = f"""
@prefix rg: <https://w3id.org/rightsgraph/ontology#> .
@prefix rgd: <{ID}> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<{ID}graph/{DOCUMENT}> {{
  <{ID}document/{DOCUMENT}> a rg:Document ; dcterms:identifier "made.txt" ; rg:text "{TEXT}" .
  <{ID}document/{DOCUMENT}/item/1> a rg:DocumentItem ;
    dcterms:title "Arrests in Ashgabat" ;
    rg:partOfDocument <{ID}document/{DOCUMENT}> ; rg:itemNumber 1 .
  <{ID}claim/c1> a rg:Claim ; rg:claimType rg:ArbitraryDetention ;
    rg:inItem <{ID}document/{DOCUMENT}/item/1> ; rg:status rg:Asserted ; rg:claimantName "Free Quill" ;
    rg:evidence <{ID}evidence/{DOCUMENT}/0-58> ; rg:confidence 0.87 ; rg:reports <{ID}event/c1> .
  <{ID}event/c1> a rg:ArbitraryDetention ; rg:inCountry <{ID}state/TM> ; rg:victimCount 12 ;
    rg:date "2019-05"^^xsd:gYearMonth .
  <{ID}evidence/{DOCUMENT}/0-58> a oa:SpecificResource ; oa:hasSource <{ID}document/{DOCUMENT}> ;
    oa:hasSelector <{ID}evidence/{DOCUMENT}/0-58/position> , <{ID}evidence/{DOCUMENT}/0-58/quote> .
  <{ID}evidence/{DOCUMENT}/0-58/position> a oa:TextPositionSelector ; oa:start 0 ; oa:end 58 .
  <{ID}evidence/{DOCUMENT}/0-58/quote> a oa:TextQuoteSelector ; oa:exact "{TEXT[:58]}" .
}}
<{ID}graph/reference> {{
  <{ID}state/TM> a rg:Country ; rdfs:label "Turkmenistan"@en , "Turkménistan"@fr ; rg:iso3166Alpha2 "TM" .
  rg:ArbitraryDetention rdfs:label "arbitrary detention"@en .
  rg:Claim rdfs:label "claim"@en .
  <{ID}entity/long> rdfs:label "Committee (old), \\"quoted\\" & more" .
}}
"""


def make_build(folder, trig: str):
    """One more build in a store folder, with its text index."""
    quads = list(ox.parse(trig.encode(), format=ox.RdfFormat.TRIG))
    lines = sorted(f"{quad} .\n".encode() for quad in quads)
    with oxigraph.temporary(folder) as new:
        store = oxigraph.on_disk(new / "oxigraph")
        oxigraph.load(store, lines)
        store.flush()
        write_index(store, new / "search.sqlite")
        del store
        identity, count = oxigraph.write_quads(new / "quads.nq.gz", lines)
        return oxigraph.swap(folder, new, {"id": identity, "base": ID, "counts": {"quads": count}}, {})
