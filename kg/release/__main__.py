"""`python -m kg.release`: write a release of the ontology, as `make ontology` does."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.release import release
from kg.vocabulary import ontology_folder


def main() -> None:
    """Write the files and tell their names and sizes."""
    parser = argparse.ArgumentParser(prog="python -m kg.release", description=__doc__)
    parser.add_argument("--ontology", type=Path, default=ontology_folder(), help="another ontology folder")
    parser.add_argument("--out", type=Path, default=Path("build/ontology"), help="folder of the release")
    parser.add_argument("--against", type=Path, help="rightsgraph.ttl of the release before")
    given = parser.parse_args()
    for path in release(given.ontology, given.out, given.against):
        sys.stdout.write(f"{path} {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
