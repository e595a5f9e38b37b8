"""The app over a small store, and a client."""

from __future__ import annotations

import pytest
from web_store import DATA, make_build

from server import ServeOptions, create_app


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """A store folder that no test changes."""
    folder = tmp_path_factory.mktemp("store")
    make_build(folder, DATA)
    return folder


@pytest.fixture(scope="session")
def app(store):
    """The app with one engine and small caps."""
    app = create_app(store, ServeOptions(workers=1, timeout=5, memory=512))
    yield app
    app.extensions["rightsgraph"].close()


@pytest.fixture
def client(app):
    """A client of the app."""
    return app.test_client()
