"""The web application over a store folder, and the server that runs it.

`create_app(store)` gives a Flask application for any WSGI server and for tests; `serve` runs
it under granian, whose front awaits slow bodies without holding a worker, and sends /sparql
to the engines past Flask.
"""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask

from kg.errors import UsageError
from kg.web import errors
from kg.web.dumping import dumping
from kg.web.endpoint import endpoint
from kg.web.front import Front
from kg.web.operations import operations
from kg.web.options import ServeOptions
from kg.web.pages import pages
from kg.web.service import Service
from kg.web.serving import log_to_stderr, run
from kg.web.things import things

__all__ = ["ServeOptions", "create_app", "front", "key", "serve"]


def create_app(store: Path | str | Service, options: ServeOptions | None = None) -> Flask:
    """The application over a store folder. Raises StoreError where there is no build."""
    service = store if isinstance(store, Service) else Service(Path(store), options)
    app = Flask("kg.web")
    app.extensions["rightsgraph"] = service
    for blueprint in (dumping, endpoint, operations, pages, things):
        app.register_blueprint(blueprint)
    errors.register(app)
    return app


def serve(store: Path, options: ServeOptions) -> None:
    """Serve a store folder until told to stop. Raises StoreError or UsageError."""
    run(store, options, front)


def key(path: Path | None) -> str:
    """The key of a file, or of RIGHTSGRAPH_KEY. Raises UsageError for a file that can't be read."""
    if path is None:
        return os.environ.get("RIGHTSGRAPH_KEY", "")
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsageError(
            str(error.strerror), where=str(path), mend="Name a file that holds the key."
        ) from error


def front(store: Path, options: ServeOptions) -> Front:
    """What the server's worker process runs."""
    log_to_stderr()
    return Front(create_app(store, options))
