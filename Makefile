# Two commands for a fresh machine: `make demo` runs the main job, `make test` passes the tests.
PYTHON ?= python3
BIN := .venv/bin
DRAWS ?= 2000

.PHONY: demo test lint types imports bench playthroughs reference clean

.venv/.done: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@

demo: .venv/.done
	$(BIN)/assay run mine-ban --draws $(DRAWS) --out runs/mine-ban

test: .venv/.done lint types imports
	$(BIN)/python -m pytest -q

lint: .venv/.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.done
	$(BIN)/mypy

imports: .venv/.done
	$(BIN)/lint-imports

bench: .venv/.done
	$(BIN)/python benchmarks/engine.py
	$(BIN)/python benchmarks/main_job.py

playthroughs: .venv/.done
	$(BIN)/python -m assay.runs.playthrough

reference: .venv/.done
	$(BIN)/python -m assay.case.reference

clean:
	rm -rf .venv runs .mypy_cache .ruff_cache .pytest_cache
