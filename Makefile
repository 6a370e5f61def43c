# What there is to type. Options of the programs go into ARGS: make server ARGS="--port 5000"

PYTHON ?= python3
VENV ?= .venv
ARGS ?=

export PYTHON
python := $(VENV)/bin/python

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help setup run server test check fuzz bench bench-full screenshots messages clean needs-server needs-run needs-test gone

run: needs-run $(VENV)/run.stamp ## Open the chat window
	$(python) run_client.py $(ARGS)

server: $(VENV)/run.stamp ## Host a chat in this terminal
	$(python) run_server.py $(ARGS)

setup: needs-run $(VENV)/run.stamp ## Install what tkchat needs into .venv

check: $(VENV)/test.stamp ## Check format, lint, types and security
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy
	$(python) -m bandit --quiet --recursive --configfile pyproject.toml tkchat
	$(python) -m tests.audit

test: needs-test check ## Run the checks and every test
	$(python) -m tests $(ARGS)

fuzz: needs-test $(VENV)/test.stamp ## Try strange inputs on everything that reads what others write
	$(python) -m tests.fuzz $(ARGS)

bench: needs-test $(VENV)/test.stamp ## Measure the server, next to others and under attack, and the window
	$(python) -m benchmarks $(ARGS)

bench-full: needs-test $(VENV)/bench.stamp ## Measure everything, for an hour, and draw the picture
	$(python) -m benchmarks --full

screenshots: needs-test $(VENV)/test.stamp ## Take the pictures of every screen anew
	$(python) -m tests.gallery

messages: $(VENV)/test.stamp ## Gather the texts to be translated, and compile the translations
	$(python) -m tests.messages

clean: ## Remove .venv and every cache
	@test ! -e $(VENV)/pyvenv.cfg || rm -rf $(VENV)
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

help:
	@echo 'Type make and one of these:'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

needs-server needs-run needs-test:
	@.ci/system-packages $(@:needs-%=%)

# The stamps make a second start immediate. The Python that made an environment may have gone since,
# and an interrupted start leaves one without pip: such an environment is made anew.
gone := $(shell test -x $(python) || echo gone)
install = $(python) -m pip install --quiet --disable-pip-version-check --editable
extras = $(if $(findstring run,$(@F)),,[test$(if $(findstring bench,$(@F)),$(comma)bench)])
comma := ,
$(VENV)/run.stamp $(VENV)/test.stamp $(VENV)/bench.stamp: setup.cfg pyproject.toml $(gone) | needs-server
	@$(python) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(install) '.$(extras)'
	@touch $@

gone:
