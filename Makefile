# From a clone to merged feeds: `make serve`. Needs Python 3.11 or newer, and make; nothing else.
#
# Every target makes .venv by itself, from locks that pin each package by hash and name no index:
# where packages come from is the machine's affair (pip's own configuration).

PYTHON ?= python3
ARGS ?=
VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install --quiet --require-hashes
LOCK := $(VENV)/bin/uv pip compile $(UPGRADE) --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

.PHONY: help serve demo test check bench backtest fuzz lock clean

help:
	@echo 'make serve   the service on 127.0.0.1:8080, from feeds.yaml (ARGS="--port 9000")'
	@echo 'make demo    the same over a simulated newsroom: no configuration, no internet'
	@echo 'make test    the tests (ARGS="-k feed -x")'
	@echo 'make check   lint, format, types, and the arrows between the layers'
	@echo 'make bench   how fast the lane is, at 30,000 and 300,000 entries (ARGS=--quick)'
	@echo 'make backtest  what each schedule of polls costs (needs AGGREGATOR_CORPUS)'
	@echo 'make fuzz    ten minutes of reading what a fuzzer thinks up (needs atheris)'
	@echo 'make lock    renew the locks (UPGRADE=--upgrade for newer releases)'
	@echo 'make clean   remove .venv and what the tools cached'

serve demo: $(VENV)/runtime
	$(VENV)/bin/aggregator $@ $(ARGS)

test: $(VENV)/dev
	$(VENV)/bin/python -m pytest $(ARGS)

check: $(VENV)/dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

# The table of docs/performance.md. Nothing is gated on it: what it says depends on the machine.
bench: $(VENV)/dev
	$(VENV)/bin/python -m bench.lane $(ARGS)

# The tables of docs/cadence.md.
backtest: $(VENV)/dev
	$(VENV)/bin/python -m tests.support.backtest

# atheris is in no lock: it is large, it has few wheels, and nothing is gated on it.
fuzz: $(VENV)/dev
	@$(VENV)/bin/python -c 'import atheris' 2>/dev/null || { \
		echo 'atheris is missing: $(VENV)/bin/python -m pip install atheris' >&2; exit 1; }
	PYTHONPATH=. $(VENV)/bin/python tests/fuzz/fuzz_reading.py $(ARGS)

# Each lock is made under the ones before it, so all agree on every version.
lock: $(VENV)/dev
	$(LOCK) --group build --output-file requirements-build.txt
	$(LOCK) pyproject.toml -c requirements-build.txt --output-file requirements.txt
	$(LOCK) pyproject.toml --group dev -c requirements-build.txt -c requirements.txt \
		--output-file requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The files below are stamps: each is younger than all that it was installed from.

$(VENV)/build: requirements-build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo '"$(PYTHON)" is not Python 3.11 or newer; name one: make PYTHON=python3.13' >&2; \
		exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(INSTALL) -r requirements-build.txt
	@touch $@

$(VENV)/runtime: $(VENV)/build requirements.txt pyproject.toml
	$(INSTALL) --no-build-isolation -r requirements.txt
	$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/dev: $(VENV)/runtime requirements-dev.txt
	$(INSTALL) --no-build-isolation -r requirements-dev.txt
	@touch $@
