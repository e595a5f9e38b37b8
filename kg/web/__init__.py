"""The server: SPARQL endpoint, linked data, operations and pages over one store folder.

front (RSGI)  reads bodies with a deadline; /sparql goes straight to `sparql`, the rest to Flask
sparql        protocol -> guard -> cache -> engine pool -> answer
things        every address of the graph answers
operations    health, readiness, metrics
pages         what people read
"""
