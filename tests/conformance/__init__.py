"""The W3C's SPARQL tests, run through HTTP against our server."""
