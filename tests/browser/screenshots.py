"""Pictures of the main pages, made from the bundled sample: `make screenshots`.

In: nothing but this checkout, and chromium with its driver. Out: `docs/screenshots/NAME.png` and
`docs/screenshot.png` for the README. The browser reaches no host but our own server.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from selenium import webdriver

from kg import pipeline

ROOT = Path(__file__).parents[2]
HERE = ROOT / "docs" / "screenshots"
SAMPLE = ROOT / "kg" / "sample"
SIZE = (1200, 800)
COUNTED = """PREFIX rg: <https://w3id.org/rightsgraph/ontology#>

SELECT ?country (COUNT(?claim) AS ?claims)
WHERE { ?claim rg:reports/rg:inCountry ?country }
GROUP BY ?country
ORDER BY DESC(?claims)
"""
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--lang=en",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--window-size={},{}".format(*SIZE),
)  # fmt: skip


def pages(address: str) -> dict[str, str]:
    """The main pages by the names of their pictures."""
    # The claim that tells most: a day, a victim, a perpetrator, a country.
    row = max(_rows(address, kind="HarmfulAct", status="Asserted"), key=_told)
    interview = next(r for r in _rows(address, kind="HarmfulAct") if "interview" in r["file"])
    place = f"{interview['start']}-{interview['end']}"
    code = Counter(r["country"] for r in _rows(address, status="Asserted") if "country" in r).most_common(1)[
        0
    ][0]
    code = code.rpartition("/")[2]
    return {
        "home": "/",
        "facts": "/facts?kind=HarmfulAct",
        "claim": f"/page/claim/{row['claim'].rpartition('/')[2]}",
        "country": f"/page/state/{code}",
        "document": f"/page/document/{interview['document'].rpartition('/')[2]}?e={place}",
        "question": "/question/violations-by-date",
        "sparql": f"/sparql?{urlencode({'edit': COUNTED})}",
        "ontology": "/ontology/ArbitraryDetention",
        "graph": f"/graph?{urlencode({'thing': row['claim']})}",
        "brief": f"/brief/{code}",
    }


def _rows(address: str, **chosen: str) -> list[dict[str, str]]:
    with urllib.request.urlopen(f"{address}/facts.json?{urlencode(chosen)}") as answer:  # noqa: S310 - our own server
        return json.load(answer)


def _told(row: dict[str, str]) -> tuple[bool, int, str]:
    return "country" in row, sum(n in row for n in ("date", "perpetrator", "victim", "count")), row["claim"]


def main() -> None:
    """Builds the sample, serves it, takes the pictures."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = Path(folder) / "store"
        pipeline.build([SAMPLE], store)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", str(port)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                take(f"http://127.0.0.1:{port}", Path(folder) / "profile")
            finally:
                server.terminate()


def take(address: str, profile: Path) -> None:
    """The pictures of the pages of a server."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/ready").close()  # noqa: S310 - our own server
            break
        except OSError:
            time.sleep(0.1)
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    told = {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)
    for name, page in pages(address).items():
        browser.get(address + page)
        time.sleep(2)  # scripts that add a picture to the page
        if name == "sparql":
            browser.execute_script("window.rightsgraph.getTab().getYasqe().query()")
            time.sleep(2)
            for button in browser.find_elements("css selector", ".select_map"):
                if button.is_displayed():
                    button.click()
            time.sleep(1)
        browser.save_screenshot(str(HERE / f"{name}.png"))
        sys.stdout.write(f"{name}.png\n")
    browser.quit()
    shutil.copyfile(HERE / "home.png", HERE.parent / "screenshot.png")


if __name__ == "__main__":
    main()
