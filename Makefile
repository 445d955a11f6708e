# Two commands for a fresh machine: `make demo` runs the main job, `make test` passes the tests.
PYTHON ?= python3
BIN := .venv/bin
DRAWS ?=

.PHONY: demo test lint types imports bench bench-peers playthroughs reference clean

.venv/.installed: pyproject.toml
	@echo "setting up .venv (once; a minute or two)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.testing: .venv/.installed
	@echo "adding what the tests need"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

demo: .venv/.installed
	$(BIN)/assay run mine-ban $(if $(DRAWS),--draws $(DRAWS)) --out runs/mine-ban

test: .venv/.testing lint types imports
	$(BIN)/python -m pytest -q

lint: .venv/.testing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.testing
	$(BIN)/mypy

imports: .venv/.testing
	$(BIN)/lint-imports

# Some twenty minutes on a machine that does nothing else.
bench: .venv/.testing
	$(BIN)/python benchmarks/engine.py
	$(BIN)/python benchmarks/reduced.py
	$(BIN)/python benchmarks/trees.py
	$(BIN)/python benchmarks/grid.py
	$(BIN)/python benchmarks/main_job.py

# Makes environments of their own for the other programs, below the user's cache: needs a compiler and a package index.
bench-peers: .venv/.testing
	$(BIN)/python benchmarks/peers.py

playthroughs: .venv/.installed
	$(BIN)/python -m assay.runs.playthrough

reference: .venv/.installed
	$(BIN)/python -m assay.case.reference
	$(BIN)/python -m assay.case.schema

clean:
	rm -rf .venv runs .mypy_cache .ruff_cache .pytest_cache
