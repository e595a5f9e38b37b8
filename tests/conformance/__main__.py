"""`python -m tests.conformance FOLDER`: run the W3C's tests through HTTP and print what fails."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.conformance import manifests, protocol, running
from tests.conformance.serving import KEY, make_store, writable

REACH = 491


def main(folder: Path) -> int:
    """Run all; exit code 1 below the target."""
    with tempfile.TemporaryDirectory() as place:
        make_store(Path(place) / "store")
        with writable(Path(place) / "store", key_folder=Path(place)) as (host, port):
            client = running.Client(host, port, KEY)
            protocols = {
                name: protocol.failure(client, graphs, steps)
                for name, (graphs, steps) in protocol.exchanges(folder).items()
            }
            outcomes = [running.run(case, client) for case in manifests.cases(folder)]
    wrong = {name: why for name, why in protocols.items() if why}
    print(f"protocol: {len(protocols) - len(wrong)} of {len(protocols)}")
    for name, why in wrong.items():
        print(f"  {name}: {why}")
    by_folder = Counter(o.case.name.partition("/")[0] for o in outcomes)
    passed = Counter(o.case.name.partition("/")[0] for o in outcomes if o.passed)
    for name, count in by_folder.items():
        print(f"{name}: {passed[name]} of {count}")
    failed = [o for o in outcomes if not o.passed]
    for outcome in failed:
        print(f"  {outcome.case.name}: {outcome.why}")
    right = len(outcomes) - len(failed)
    by_value = sum(o.passed == "value" for o in outcomes)
    print(f"SPARQL 1.1: {right} of {len(outcomes)}, {by_value} of them equal by the value of numbers")
    return 0 if right >= REACH and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
