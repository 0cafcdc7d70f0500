# One front for everything. `make help` prints this list.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUILT := src/openanpr/web/static/built

.PHONY: help setup assets national test-store run test test-fast check format bench train sbom lock clean

help: ## Print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(VENV)/.ready $(BUILT)/.ready ## Make the isolated environment and build the front end

$(VENV)/.ready: requirements/dev.txt pyproject.toml tools/setup.sh
	@tools/setup.sh python "$(PYTHON)" "$(VENV)"
	@touch $@

$(BUILT)/.ready: package-lock.json package.json $(shell find assets -type f 2>/dev/null)
	@tools/setup.sh assets
	@mkdir -p $(BUILT) && touch $@

assets: $(BUILT)/.ready ## Build the front end alone

run: setup ## Start everything with demonstration data; Ctrl-C stops it
	@$(BIN)/openanpr serve --demo

national: setup ## Start a second instance that stands for the national centre of `make run`
	@OPENANPR_DATA_DIR=data-national OPENANPR_WEB_PORT=8430 OPENANPR_INGEST_PORT=8431 \
		OPENANPR_LIVE_PORT=8432 $(BIN)/openanpr serve --centre data

# OPENANPR_TEST_DSN: a superuser's connection to another server, or to a Citus coordinator.
test-store: setup ## Run the store's tests, on the server that OPENANPR_TEST_DSN names if it does
	@$(BIN)/pytest -q -m store --randomly-seed=20261122 tests/integration

# One order here, so that a red run can be repeated; `pytest` by itself takes another each time.
# Two at once, each with a database of its own, a file's tests together.
test: setup ## Run every test (real PostgreSQL, real browser)
	@tools/setup.sh browser
	@$(BIN)/pytest -q -n 2 --dist loadfile --randomly-seed=20261122

check: setup ## Formatting, lint, types, directions of dependence, house rules
	@$(BIN)/ruff format --check src tests tools training
	@$(BIN)/ruff check src tests tools training
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m tools.house

format: setup ## Format and fix what can be fixed
	@$(BIN)/ruff check --fix src tests tools training
	@$(BIN)/ruff format src tests tools training

bench: setup ## Measure ingest, and reading where OPENANPR_DATA names a folder with truth.csv (JSON)
	@$(BIN)/openanpr bench ingest --seconds 10 --format json
	@if [ -n "$$OPENANPR_DATA" ]; then $(BIN)/openanpr bench read "$$OPENANPR_DATA" --format json; fi

train: ## Train the reader's models (OPENANPR_DATA names the folder of real pictures)
	@training/train.sh

sbom: setup ## List every dependency with its licence (CycloneDX, dist/sbom.json)
	@mkdir -p dist
	@$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-format JSON --output-file dist/sbom.json $(VENV)
	@$(BIN)/python -m tools.licences dist/sbom.json > dist/licences.md
	@echo "dist/sbom.json and dist/licences.md"

lock: ## Write the lock files anew (needs uv)
	@tools/lock.sh

clean: ## Remove what was built; the data folder stays
	rm -rf $(VENV) node_modules $(BUILT) .mypy_cache .ruff_cache .pytest_cache
