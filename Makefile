# The one door to every chore. `make` alone lists them.
# Needs Python 3.11 or newer, make and a package index; everything else comes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check
GATE := src/crisis/core/*,src/crisis/usecases/*

# Some hundred tests and every figure of the bench start processes: each would compile us anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help env demo test fast-test lint format bench faults fuzz reference

help: ## List the chores
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

env: $(STAMP) ## Set up the environment in .venv

# Built anew only when a lock or the package's own description changes.
$(STAMP): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Crisis needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 env" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --no-deps --require-hashes -r requirements/dev.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@$(PIP) check --quiet
	@touch $@

demo: $(STAMP) ## Run the exercise from trigger to report (PLAYBOOK=id takes another playbook)
	$(BIN)/crisis demo $(if $(PLAYBOOK),--playbook $(PLAYBOOK))

test: $(STAMP) ## Run every test, with coverage and its two gates
	@$(BIN)/coverage erase
	$(BIN)/pytest --cov --cov-report= --cov-fail-under=0 $(ARGS)
	$(BIN)/coverage report
	$(BIN)/coverage report --include='$(GATE)' --fail-under=100

fast-test: $(STAMP) ## Run the tests that need no server, browser or Prefect
	$(BIN)/pytest -q --ignore=tests/flows -m "not integration and not e2e" $(ARGS)

lint: $(STAMP) ## Read the code without running it
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tools.check_files
	$(BIN)/python -m tools.check_pins
	$(BIN)/python -m tools.reference --check

format: $(STAMP) ## Mend what can be mended
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

bench: $(STAMP) ## Measure, with the peers, into bench/results (ARGS=scenario takes one)
	$(BIN)/python -m bench $(ARGS)

faults: $(STAMP) ## Kill and restart, into bench/results/faults.json
	$(BIN)/python -m bench.faults

fuzz: $(STAMP) ## Try files that nobody would write, for 80 s (ARGS="--seconds 600 overlay")
	$(BIN)/python -m tools.fuzz $(ARGS)

reference: $(STAMP) ## Write docs/reference from the code
	$(BIN)/python -m tools.reference
