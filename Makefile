# Every target sets up what it needs in .venv, from PyPI. PYTHON is any Python from 3.10 on.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help test lint demo bench coverage tables clean

help:
	@echo 'make test      run the tests'
	@echo 'make lint      ruff and mypy'
	@echo 'make demo      broken services, the findings of a real pre-commit, the cures'
	@echo 'make bench     the figures, side by side with hadolint'
	@echo 'make coverage  the tests, and which lines of hooks/ they miss'
	@echo 'make tables    make the tables of versions again, from the module proxy (needs Go)'
	@echo 'make clean     remove .venv and all caches'

test: .venv/.test
	$(BIN)/pytest

coverage: .venv/.test
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

demo: .venv/.demo
	$(BIN)/python -m demo.run

bench: .venv/.bench
	$(BIN)/python -m bench.run

tables: .venv/.test
	$(BIN)/python -m tools.tool_versions
	$(BIN)/python -m tools.x_versions

clean:
	rm -rf .venv .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache build *.egg-info
	find hooks tests demo bench -name __pycache__ -prune -exec rm -rf {} +

.venv/.%: setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "$(PYTHON) is no Python 3.10 or newer; name one: make PYTHON=/path/to/python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	@touch $@
