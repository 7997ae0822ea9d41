# A dozen words. Each sets up what it needs; nothing is downloaded twice.
PYTHON ?= python3
BIN := .venv/bin
SETUP := $(PYTHON) tools/bootstrap.py
WORKERS ?= 2
CODE := src tests tools bench
DJANGO := DJANGO_SETTINGS_MODULE=kompeten.config.settings $(BIN)/django-admin

.DEFAULT_GOAL := help
.PHONY: help setup run work demo test fast check lint fix bench docs messages migrations doctor lock

help: ## list these words
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make .venv and leave the command at .venv/bin/kompeten
	@$(SETUP)

run: setup ## serve the site in var/ (option port: KOMPETEN_PORT)
	@$(BIN)/kompeten serve

work: setup ## run one more job worker
	@$(BIN)/kompeten work

demo: setup ## walk two collective lists to certificates, then serve (SERVE=0: walk only)
	@$(BIN)/kompeten demo $(if $(filter 0,$(SERVE)),--no-serve)

test: ## the whole suite on SQLite, without what is no Python package
	@$(SETUP) test
	@$(BIN)/pytest -n $(WORKERS) -m "not outside"

fast: ## rules and house, in seconds
	@$(SETUP) test
	@$(BIN)/pytest -n 0 tests/rules tests/house

check: lint test ## lint, then the suite

lint: ## style, format, types, contracts, migrations
	@$(SETUP) test check
	$(BIN)/ruff check --quiet $(CODE)
	$(BIN)/ruff format --quiet --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(DJANGO) makemigrations --check --dry-run

fix: ## put right what a tool can put right
	@$(SETUP) check
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/djade --target-version 5.2 $$(git ls-files 'src/*.html')

bench: ## each hot path beside its baseline, one figure each
	@$(SETUP) test
	@$(BIN)/python bench/run.py

docs: ## write the generated pages and build the site/ folder
	@$(SETUP) docs
	@$(BIN)/python tools/docs_generate.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

messages: setup ## collect the sentences to translate and compile the translations
	@$(BIN)/python -m kompeten.ops.messages

migrations: setup ## write the migrations that the models ask for
	@$(DJANGO) makemigrations

doctor: setup ## say what is not well with this installation
	@$(BIN)/kompeten doctor

lock: ## bring uv.lock and requirements/ in step with pyproject.toml
	@PATH="$(CURDIR)/.uv/bin:$$PATH" uv lock --quiet && $(SETUP) --export
