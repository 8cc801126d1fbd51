# Every target sets up what it needs in .venv, from PyPI, at the versions in locks/. PYTHON is any Python from 3.10 on.
PYTHON ?= python3
BIN := .venv/bin

# The environments that pre-commit and the bench build get the versions that are installed here, not those of the day.
PINNED = PIP_CONSTRAINT='file://$(subst $() ,%20,$(CURDIR))/$(BIN:bin=constraints.txt)'

# Each is an extra of setup.cfg, and a lock for every Python from 3.10 on and every system.
LOCKS := test fuzz lint demo bench release lock
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.10 --no-annotate --custom-compile-command 'make lock' setup.cfg

.PHONY: help test test-lowest test-newest fuzz bombs lint demo bench coverage docs tables picture lock clean

help:
	@echo 'make test         run the tests'
	@echo 'make test-lowest  run them with the lowest versions that setup.cfg promises'
	@echo 'make test-newest  run them with the newest versions that there are'
	@echo 'make fuzz         made-up repositories through every hook; SECONDS=600 of them'
	@echo 'make bombs        what is meant to take for ever: time and memory at three sizes'
	@echo 'make lint         ruff, mypy, the storeys of hooks/ and the workflows'
	@echo 'make demo         broken services, the findings of a real pre-commit, the cures'
	@echo 'make bench        the figures, side by side with hadolint'
	@echo 'make coverage     the tests, and which lines of hooks/ they miss'
	@echo 'make docs         make docs/findings.md and docs/messages.md again, from the docstrings of the rules'
	@echo 'make tables       make the tables of versions again, from the module proxy (needs Go)'
	@echo 'make picture      draw docs/house.svg again, from the imports, and docs/commit.svg, from a real commit'
	@echo 'make lock         make locks/ again: the newest versions that setup.cfg allows'
	@echo 'make clean        remove .venv and all caches'

test: .venv/.test
	$(PINNED) $(BIN)/pytest

test-lowest test-newest: test-%: .venv-%/.test
	$(MAKE) BIN=.venv-$*/bin pytest

.PHONY: pytest
pytest:
	$(PINNED) $(BIN)/pytest

# What is found lies in .cache/fuzz, and belongs into tests/hostile/corpus once it is mended.
SECONDS ?= 120
fuzz: .venv/.fuzz
	$(BIN)/python -m tests.hostile.fuzz $(SECONDS)

bombs: .venv/.test
	$(BIN)/python -m tests.hostile.bombs

coverage: .venv/.test
	$(PINNED) $(BIN)/coverage run -m pytest
	$(BIN)/coverage report

lint: .venv/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/zizmor --offline --quiet .github

demo: .venv/.demo
	$(PINNED) $(BIN)/python -m demo.run

# The hooks are installed as pre-commit does, by its virtualenv.
bench: .venv/.bench .venv/.demo
	$(PINNED) $(BIN)/python -m bench.run

docs: .venv/.test
	$(BIN)/python -m tools.findings

tables: .venv/.test
	$(BIN)/python -m tools.tool_versions
	$(BIN)/python -m tools.x_versions
	git clone --quiet --bare --filter=blob:none https://github.com/docker-library/official-images .venv/official-images
	$(BIN)/python -m tools.image_tags .venv/official-images
	rm -rf .venv/official-images

picture: .venv/.test .venv/.lint
	$(BIN)/python -m tools.house
	$(BIN)/python -m tools.recording

# One resolution for all, so that no two targets want different versions in .venv.
lock: .venv/.lock
	$(COMPILE) --upgrade --all-extras --no-header --output-file .venv/all.txt
	for lock in $(LOCKS); do \
		$(COMPILE) --generate-hashes --constraints .venv/all.txt --extra build --extra $$lock \
			$$([ $$lock != lint ] || echo --extra test) --upgrade --output-file locks/$$lock.txt || exit; \
	done
	$(COMPILE) --generate-hashes --upgrade --resolution lowest-direct --output-file locks/lowest.txt

clean:
	rm -rf .cache .venv .venv-* .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist *.egg-info
	find hooks tests demo bench tools -name __pycache__ -prune -exec rm -rf {} +

# The project itself comes without its requirements, all of which are in the lock.
.venv/.%: locks/%.txt setup.cfg pyproject.toml
	$(call venv,.venv)
	$(call install,.venv,$<)
	@touch $@

.venv-lowest/.test: locks/test.txt locks/lowest.txt setup.cfg pyproject.toml
	$(call venv,.venv-lowest)
	$(call install,.venv-lowest,locks/test.txt)
	$(call pip,.venv-lowest) --require-hashes --requirement locks/lowest.txt
	$(call freeze,.venv-lowest)
	@touch $@

# Whatever is the newest today, so this is made anew each time.
.PHONY: .venv-newest/.test
.venv-newest/.test:
	$(call venv,.venv-newest)
	$(call install,.venv-newest,locks/test.txt)
	$(call pip,.venv-newest) --upgrade --upgrade-strategy eager --no-build-isolation --editable .
	$(call freeze,.venv-newest)

define venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "$(PYTHON) is no Python 3.10 or newer; name one: make PYTHON=/path/to/python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $1
endef

pip = $1/bin/python -m pip install --quiet --disable-pip-version-check
freeze = @$1/bin/python -m pip freeze --disable-pip-version-check --all --exclude-editable >$1/constraints.txt

define install
	$(call pip,$1) --require-hashes --requirement $2
	$(call pip,$1) --no-deps --no-build-isolation --editable .
	$(call freeze,$1)
endef
