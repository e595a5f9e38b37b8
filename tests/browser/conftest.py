"""A server over some of the bundled documents, and a headless Chromium that reaches nobody else."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from pages_store import build_some

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--lang=en",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where a server of this checkout answers."""
    with serving(build_some(tmp_path_factory.mktemp("browser"))) as address:
        yield address


@contextmanager
def serving(folder: Path):
    """A server of this checkout over a store folder, until it is done with."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", str(port)]
    with tempfile.TemporaryFile() as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            yield _ready(f"http://127.0.0.1:{port}", server)
        finally:
            server.terminate()


def _ready(address: str, server: subprocess.Popen) -> str:
    for _ in range(600):
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{address}/ready") as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return address
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server isn't ready after a minute")


@pytest.fixture(scope="session")
def browser():
    """Chromium by its driver; the tests skip where it isn't installed."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not program or not driver:
        pytest.skip(
            "chromium and chromedriver are not installed (Debian: apt install chromium chromium-driver)"
        )
    from selenium import webdriver  # noqa: PLC0415 - not needed where the tests skip

    options = webdriver.ChromeOptions()
    options.binary_location = program
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        yield started
        started.quit()
