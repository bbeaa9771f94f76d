# The commands of Mitra. Bare `make` lists them.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
ARGS ?=
.DEFAULT_GOAL := help
.PHONY: help install demo run worker beat test test-sqlite test-pg e2e check format lint

help: ## This list
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: dev-tools
dev-tools:
	@$(PYTHON) scripts/bootstrap.py --dev

install: ## Virtualenv and packages, once
	@$(PYTHON) scripts/bootstrap.py

test: dev-tools ## The whole suite: SQLite, PostgreSQL, and real browser, broker, worker, SMTP
	@$(PY) scripts/run_tests.py $(ARGS)

test-sqlite: dev-tools ## The suite on SQLite only
	@$(PY) scripts/run_tests.py sqlite $(ARGS)

test-pg: dev-tools ## The suite on a private PostgreSQL only
	@$(PY) scripts/run_tests.py postgres $(ARGS)

e2e: dev-tools ## Only what drives a browser, a broker, a worker or an SMTP server
	@$(PY) scripts/run_tests.py whole $(ARGS)
