"""RightsGraph: human rights documents as a knowledge graph with evidence and claimants."""

__version__ = "0.1.0"
