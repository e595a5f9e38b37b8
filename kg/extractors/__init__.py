"""Readings to Claims: one module a kind of fact, each with `extract(reading, vocabulary)`.

Extractors are found by looking, in name order; each is a pure function.
"""
