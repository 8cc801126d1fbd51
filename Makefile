# Every target sets up what it needs in .venv, from PyPI: the versions that locks/ names, by their hashes.
# PYTHON is any Python from 3.10 on.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help test lint demo bench coverage tables lock clean

help:
	@echo 'make test      run the tests'
	@echo 'make lint      ruff, mypy, and that imports go downwards'
	@echo 'make demo      broken services, the findings of a real pre-commit, the cures'
	@echo 'make bench     the figures, side by side with hadolint'
	@echo 'make coverage  the tests, and which lines of hooks/ they miss'
	@echo 'make tables    make the tables of versions again, from the module proxy (needs Go)'
	@echo 'make lock      make locks/ again, with the newest versions that setup.cfg allows'
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
	$(BIN)/lint-imports

demo: .venv/.demo
	$(BIN)/python -m demo.run

bench: .venv/.bench
	$(BIN)/python -m bench.run

tables: .venv/.test
	$(BIN)/python -m tools.tool_versions
	$(BIN)/python -m tools.x_versions

# One lock for every system and every Python that setup.cfg promises.
lock: .venv/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	for extra in test demo bench; do \
		$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
			--upgrade --python-version 3.10 --extra build --extra $$extra --output-file locks/$$extra.txt setup.cfg \
			|| exit 1; \
	done

clean:
	rm -rf .venv .cache .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build *.egg-info
	find hooks tests demo bench tools -name __pycache__ -prune -exec rm -rf {} +

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "$(PYTHON) is no Python 3.10 or newer; name one: make PYTHON=/path/to/python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.%: locks/%.txt setup.cfg pyproject.toml .venv/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement locks/$*.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
