# `make help` lists what there is. Everything runs in .venv, which `make setup` fills from hashed
# requirements; what Rollbook keeps goes to var/.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

PYTHON_FOLDERS := src tests $(wildcard benchmarks)

# Debian's PostgreSQL 15, the oldest that is supported. Database tests run on it where it is installed.
POSTGRES_15_BIN ?= /usr/lib/postgresql/15/bin
# Whole runs of the pipeline take longest and send the same statements, so they are left to the newer version.
POSTGRES_15_TESTS := $(addprefix tests/,apply districts postgres provider roster runs sharing sources)

# What DuckDB reads; all other SQL is PostgreSQL's. Conditions are parts of statements: the golden test parses
# them where they stand.
CONDITIONS := $(wildcard src/rollbook/validation/sql/rules/conditions/*.sql \
	src/rollbook/validation/sql/rules/circumstances/*.sql)
DUCKDB_SQL := $(filter-out $(CONDITIONS),$(shell find src/rollbook/staging src/rollbook/validation src/rollbook/diff \
	src/rollbook/convert -name '*.sql') \
	$(wildcard src/rollbook/apply/sql/kept_*.sql src/rollbook/history/sql/snapshots/*.sql) \
	$(addprefix src/rollbook/apply/sql/,former_links.sql returned_links.sql note_returned.sql served_lists.sql))
POSTGRES_SQL := $(filter-out $(DUCKDB_SQL) $(CONDITIONS),$(shell find src/rollbook -name '*.sql'))

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: .venv/dev.stamp ## Make .venv with everything needed to work on Rollbook

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Rollbook needs Python 3.11 or newer. Name one: make PYTHON=python3.11 setup"; exit 1; }
	$(PYTHON) -m venv .venv

# The package is not built: a path file makes src/ importable, and a script of two lines is its command. So
# nothing is fetched that has no hash in requirements/.
.venv/base.stamp: requirements/base.txt | $(BIN)/python
	$(PIP) install --quiet --require-hashes --requirement requirements/base.txt
	@$(BIN)/python -c 'import pathlib, sysconfig; \
		pathlib.Path(sysconfig.get_path("purelib"), "rollbook.pth").write_text("$(CURDIR)/src\n")'
	@printf '#!%s\nfrom rollbook.commands.main import main\nmain()\n' \
		"$(CURDIR)/$(BIN)/python" > $(BIN)/rollbook
	@chmod +x $(BIN)/rollbook
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/base.stamp
	$(PIP) install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@

.PHONY: chromium
chromium: # Browser tests drive the system's Chromium: ROLLBOOK_CHROMIUM, or the one on the PATH
	@if [ -n "$${ROLLBOOK_CHROMIUM:-}" ] || command -v chromium > /dev/null; then exit 0; fi; \
	as_root=""; [ "$$(id -u)" = 0 ] || as_root="sudo -n"; \
	if command -v apt-get > /dev/null && $$as_root true 2> /dev/null; then \
		echo "Installing Debian's chromium for the browser tests."; \
		$$as_root apt-get update -qq < /dev/null; \
		DEBIAN_FRONTEND=noninteractive $$as_root \
			apt-get install -y -qq --no-install-recommends chromium < /dev/null > /dev/null; \
	else \
		echo "The browser tests need Chromium. Install it, or set ROLLBOOK_CHROMIUM to its path."; exit 1; \
	fi

.PHONY: requirements
requirements: .venv/dev.stamp ## Pin what pyproject.toml asks for, with hashes
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header pyproject.toml --output-file requirements/base.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --group dev pyproject.toml \
		--constraint requirements/base.txt --output-file requirements/dev.txt

.PHONY: run
run: .venv/base.stamp ## PostgreSQL, web and worker, with what is in var/
	$(BIN)/rollbook up

.PHONY: demo
demo: .venv/base.stamp ## The same with a made-up district, already synced and shared, in var/demo
	ROLLBOOK_DATA=var/demo $(BIN)/rollbook demo

.PHONY: test
test: .venv/dev.stamp chromium ## Every test, browser tests included
	$(BIN)/pytest -n auto

.PHONY: test-browser
test-browser: .venv/dev.stamp chromium ## The tests that drive the pages
	$(BIN)/pytest -m browser

.PHONY: test-postgres-15
test-postgres-15: .venv/dev.stamp ## What speaks SQL of its own on PostgreSQL 15, where it is installed
	@if [ -x "$(POSTGRES_15_BIN)/postgres" ]; then \
		ROLLBOOK_TEST_POSTGRES_BIN="$(POSTGRES_15_BIN)" \
			$(BIN)/pytest -n auto -m "not browser and not slow" --only-database $(POSTGRES_15_TESTS); \
	else \
		echo "No PostgreSQL 15 in $(POSTGRES_15_BIN): its tests are left out."; \
	fi

.PHONY: chains
chains: .venv/dev.stamp ## Play 500 random chains of deliveries against the naive model
	$(BIN)/python -m tests.naive --chains 500 --shrink

.PHONY: golden
golden: .venv/dev.stamp ## Renew the golden texts; review the difference as text
	$(BIN)/python -m tests.golden.renew
	git diff --stat -- tests/golden

.PHONY: check
check: lint test test-postgres-15 ## What has to be green before a change goes in

.PHONY: lint
lint: .venv/dev.stamp types ## Style, types, layers, SQL and templates
	$(BIN)/ruff format --check $(PYTHON_FOLDERS)
	$(BIN)/ruff check $(PYTHON_FOLDERS)
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar --dialect duckdb $(DUCKDB_SQL)
	$(BIN)/sqlfluff lint --disable-progress-bar --dialect postgres $(POSTGRES_SQL)
	$(BIN)/djlint --quiet --check src/rollbook
	$(BIN)/djlint --quiet --lint src/rollbook

.PHONY: types
types: .venv/dev.stamp ## Types
	ROLLBOOK_DATA=var/check $(BIN)/mypy

.PHONY: sql
sql: .venv/dev.stamp ## Print the SQL as it is sent, identifiers filled in
	$(BIN)/python -m tests.golden.sql

.PHONY: docs
docs: .venv/dev.stamp ## Write the pages that come from code
	$(BIN)/python -m rollbook.project.settings_page
	$(BIN)/python -m rollbook.validation.rules_page
	$(BIN)/python -m rollbook.guard.guards_page

.PHONY: format
format: .venv/dev.stamp ## Format Python, SQL and templates
	$(BIN)/ruff check --fix-only --quiet $(PYTHON_FOLDERS)
	$(BIN)/ruff format $(PYTHON_FOLDERS)
	$(BIN)/sqlfluff fix --disable-progress-bar --dialect duckdb $(DUCKDB_SQL)
	$(BIN)/sqlfluff fix --disable-progress-bar --dialect postgres $(POSTGRES_SQL)
	$(BIN)/djlint --quiet --reformat src/rollbook

.PHONY: clean
clean: ## Remove .venv and caches; var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
