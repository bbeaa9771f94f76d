# The commands of Mitra. Bare `make` lists them.
PYTHON ?= python3
PY := .venv/bin/python
ARGS ?=
.DEFAULT_GOAL := help
.PHONY: help install install-s3 install-sentry demo serve run worker beat test test-sqlite test-pg e2e check format lint types migrations-check \
        messages golden bench bench-mail bench-weight bench-plan bench-import bench-exclusivity bench-contracts bench-ambassadors bench-checks bench-reports bench-archive chaos chaos-draws chaos-signers chaos-fuzz chaos-hosts docs short-way look look-once pictures install-hooks clean dev-tools run-tools

help: ## This list
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: run-tools ## Virtualenv and packages for running Mitra (once)

run-tools:
	@$(PYTHON) scripts/bootstrap.py

install-s3: run-tools ## Packages for keeping files in a bucket (MEDIA_STORE); again after each `make install`
	@$(PYTHON) scripts/bootstrap.py --s3

install-sentry: run-tools ## Package for telling Sentry of errors (SENTRY_DSN); again after each `make install`
	@$(PYTHON) scripts/bootstrap.py --sentry

dev-tools:
	@$(PYTHON) scripts/bootstrap.py --dev

demo: run-tools ## Everything in one command, with a believable season; needs only Python
	@MITRA_DEMO=1 $(PY) manage.py serve $(ARGS)

serve: run-tools ## The same without the demo: your own data, your own settings from .env
	@$(PY) manage.py serve $(ARGS)

run: run-tools ## Only the web server
	@$(PY) manage.py web $(ARGS)

worker: run-tools ## Only a Celery worker
	@$(PY) manage.py worker $(ARGS)

beat: run-tools ## Only the clock that rings once a minute
	@$(PY) manage.py beat $(ARGS)

test: dev-tools ## The whole suite: SQLite, PostgreSQL, then real browser, broker, worker and SMTP
	@$(PY) scripts/run_tests.py $(ARGS)

test-sqlite: dev-tools ## The suite on SQLite only; words for pytest go in ARGS="..."
	@$(PY) scripts/run_tests.py sqlite $(ARGS)

test-pg: dev-tools ## The suite on a private PostgreSQL only
	@$(PY) scripts/run_tests.py postgres $(ARGS)

e2e: dev-tools ## Only what drives a browser, a broker, a worker or an SMTP server
	@$(PY) scripts/run_tests.py browser whole $(ARGS)

check: dev-tools ## Everything but the tests: format, lint, types, arrows, migrations, translations
	@$(PY) scripts/check.py $(ARGS)

lint: dev-tools ## Only the linters
	@$(PY) scripts/check.py lint indent templates arrows

types: dev-tools ## Only mypy, strict
	@$(PY) scripts/check.py types

migrations-check: dev-tools ## Is a migration missing?
	@$(PY) scripts/check.py migrations

format: dev-tools ## Write the code and the templates in the house format
	@.venv/bin/ruff check --quiet --fix . || true
	@.venv/bin/ruff format --quiet .
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade --target-version 5.2 || true
	@git ls-files 'templates/*.html' | xargs .venv/bin/djhtml --tabwidth 2 || true

messages: dev-tools ## Gather new strings into the catalogues (needs gettext), then compile them
	@MITRA_ALLOW_PLACEHOLDER=1 $(PY) manage.py makemessages --locale id --no-obsolete --add-location file --ignore "tests/*" --ignore "scripts/*"
	@$(PY) scripts/compile_messages.py

golden: dev-tools ## Write the golden e-mails anew; then read the difference
	@GOLDEN_UPDATE=1 .venv/bin/pytest tests/emails -q

bench: dev-tools ## Every goal of docs/performance.md beside its limit, in one table (an hour; ARGS=--quick: minutes)
	@$(PY) -m tests.benchmarks.bench_all $(ARGS)

bench-mail: dev-tools ## How fast mail leaves, as a ratio to EmailMessage over one connection beside it (minutes)
	@$(PY) -m tests.benchmarks.bench_outbox $(ARGS)

bench-weight: dev-tools ## Memory and the way to the first answer, beside a Django with nothing in it (a minute)
	@$(PY) -m tests.benchmarks.bench_weight $(ARGS)

bench-plan: dev-tools ## What planning costs over 10,000 collaborations, as a ratio to reading their rows (minutes)
	@$(PY) -m tests.benchmarks.bench_plan $(ARGS)

bench-import: dev-tools ## How fast people are imported, as a ratio to COPY and bulk_create beside it (minutes)
	@$(PY) -m tests.benchmarks.bench_import $(ARGS)

bench-exclusivity: dev-tools ## What keeping 1,000,000 promises apart costs, as ratios to limits beside it (minutes)
	@$(PY) -m tests.benchmarks.bench_exclusivity $(ARGS)

bench-contracts: dev-tools ## What the list of contracts and the clock cost among 20,000, as ratios to the least page beside (minutes)
	@$(PY) -m tests.benchmarks.bench_contracts $(ARGS)

bench-ambassadors: dev-tools ## What lists, the renewal queue and the calendar cost among 2,000 deals, as ratios to the least beside (minutes)
	@$(PY) -m tests.benchmarks.bench_ambassadors $(ARGS)

bench-checks: dev-tools ## What looking at a caption costs, as a ratio to one regex pass over it (seconds)
	@$(PY) -m tests.benchmarks.bench_checks $(ARGS)

bench-reports: dev-tools ## What a report costs over 50,000 posts, as a ratio to reading their rows (a minute)
	@$(PY) -m tests.benchmarks.bench_reports $(ARGS)

bench-archive: dev-tools ## What writing everything into one file and bringing it in costs, as ratios to COPY and .dump (minutes)
	@$(PY) -m tests.benchmarks.bench_archive $(ARGS)

chaos: dev-tools ## Kill workers, brokers and mail servers while reminders leave; then chaos-signers and chaos-fuzz (many minutes)
	@$(PY) -m tests.chaos.run $(ARGS)
	@$(PY) -m tests.chaos.signers
	@$(PY) -m tests.chaos.fuzzing

chaos-draws: dev-tools ## Every property over lives nobody drew before (minutes); the suite draws the same ones each time
	@MITRA_DRAW_ANEW=1 $(PY) -m pytest -m hypothesis -q -n 2 $(ARGS)

chaos-fuzz: dev-tools ## Ten thousand presses of every form and every role's page of every address (many minutes)
	@$(PY) -m tests.chaos.fuzzing $(ARGS)

chaos-signers: dev-tools ## 64 houses sign the same person at the same moment, 1,000 times, on both databases
	@$(PY) -m tests.chaos.signers $(ARGS)

look-once: dev-tools ## Every page of the tests' own house once, each at another width, theme and language (minutes)
	@MITRA_LOOK=all $(PY) scripts/run_tests.py browser tests/browser/test_every_page.py -n 0

look: dev-tools ## Every page of the demo in both themes, languages and widths, with axe and a picture of each (half an hour)
	@$(PY) -m tests.browser.look $(ARGS)

pictures: dev-tools ## Take the pictures of README and the guide anew (minutes); then look at them
	@$(PY) -m tests.browser.pictures $(ARGS)

chaos-hosts: dev-tools ## Five hosts of our own: a worker host dies, the line to the queue goes silent for a minute (root and `ip`; minutes)
	@$(PY) -m tests.chaos.hosts $(ARGS)

docs: dev-tools ## Write the tables of docs/states.md from the code
	@$(PY) scripts/states.py

short-way: dev-tools ## Write the one migration an empty database takes instead of the whole line
	@$(PY) scripts/short_way.py

install-hooks: dev-tools ## Run the quick checks before each commit
	@.venv/bin/pre-commit install

clean: ## Forget caches and compiled files; your data in var/ stays
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov var/test var/check
	@find crm campaigns tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
	@find crm campaigns -name '*.mo' -delete
