# Every target sets itself up first. `make` alone lists them.
# Variables: PORT=8001  PYTHON=python3.12  ARGS="-k lifecycle" (passed on to the tool)
# WORKERS=0 runs tests in one process, which starts sooner for a few of them.

PORT ?= 8000
ARGS ?=
WORKERS ?= auto
DATABASE ?= postgresql://postgres@127.0.0.1:5432/postgres
python = .venv/bin/python
pytest = $(python) -m pytest --numprocesses $(WORKERS) --dist worksteal
compile = .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --extra prod

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test test-all check run migrate test-postgresql journeys benchmarks coverage \
	lock clean runtime dev

# --- Looking at it ----------------------------------------------------------------------------

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

demo: runtime ## serve an invented meeting on 127.0.0.1 (PORT=8000); Ctrl-C stops it
	@PORT=$(PORT) exec $(python) scripts/demo.py

demo-reset: runtime ## forget what was done in the demonstration and start over
	@PORT=$(PORT) exec $(python) scripts/demo.py --reset

# --- Working on it ----------------------------------------------------------------------------

test: dev ## run the tests on SQLite (ARGS="-k word" for some of them)
	@$(pytest) $(ARGS)

test-all: dev ## the same with the slow ones: crawls of the whole site, hostile texts of every size
	@$(pytest) -m "not journey" $(ARGS)

check: dev ## style, types, arrows between layers, migrations, templates
	@scripts/check

run: migrate ## serve your own data, reloading when code changes
	@DEBUG=$${DEBUG-True} exec $(python) manage.py runserver $(PORT)

migrate: dev ## bring your own database up to date
	@$(python) manage.py migrate --verbosity 0
	@$(python) manage.py load_areas
	@$(python) manage.py load_institutes

test-postgresql: dev ## run all tests on PostgreSQL (DATABASE_URL, or DATABASE=postgresql://…)
	@DATABASE_URL=$${DATABASE_URL-$(DATABASE)} $(pytest) -m "not journey" $(ARGS)

journeys: dev ## walk whole roads in Chromium
	@DJANGO_ALLOW_ASYNC_UNSAFE=true $(python) -m pytest tests/journeys -m journey $(ARGS)

benchmarks: dev ## measure; each prints one line of JSON
	@failed=0; for file in tests/benchmarks/bench_*.py; do \
		$(python) -m tests.benchmarks.$$(basename $$file .py) || failed=1; done; exit $$failed

coverage: dev ## run the tests and list the lines that none of them reached
	@$(python) -m pytest --cov --cov-report=term-missing:skip-covered $(ARGS)

lock: dev ## rewrite the lock files from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(compile) $(ARGS) --output-file requirements.lock
	@$(compile) $(ARGS) --group dev --output-file requirements-dev.lock

clean: ## remove what tools left behind; keeps .venv and var
	@rm -rf .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

# --- Set-up -----------------------------------------------------------------------------------

runtime:
	@PYTHON=$(PYTHON) scripts/set-up runtime

dev:
	@PYTHON=$(PYTHON) scripts/set-up dev
