# Everything a developer types. Only Python 3.11+ and make are assumed; uv is used when it is there.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
DATA ?=
WORKERS ?= 2

BIN := .venv/bin
STAMP := .venv/.installed
# The first Python on the PATH that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

.PHONY: help
help: ## Show these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: install
install: $(STAMP) ## Make .venv from requirements.lock, each package checked by its hash

# Two steps: --require-hashes takes no editable install. The build backend is in the lock too, so
# the second step fetches nothing.
$(STAMP): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (python3 on the PATH)." >&2; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
		{ $(BIN)/python -c '' 2>/dev/null || { rm -rf .venv && uv venv -q --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv; }; } \
		&& uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock \
		&& uv pip install -q --python $(BIN)/python --no-build-isolation --no-deps -e .; \
	else \
		{ $(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear .venv; } \
		&& $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock \
		&& $(BIN)/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .; \
	fi
	@touch $@

.PHONY: demo
demo: install ## Start a demo region with its own database (PORT=8000, DATA=folder); Ctrl-C stops it
	@exec $(BIN)/samenspoor demo --port $(PORT) $(if $(DATA),--data "$(DATA)")

.PHONY: test
test: install ## Run every test, on a PostgreSQL of its own
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -q

.PHONY: screenshots
screenshots: install ## Write every kind of page, per role, into docs/screens (needs chromium)
	@$(BIN)/python -m tests.tools.screenshots

.PHONY: check
check: install ## Lint, format, types and import contracts
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: texts
texts: install ## Update what the pages say in each language, from templates and code
	@$(BIN)/python -m tests.tools.texts

.PHONY: bench
bench: install ## Measure beside the alternatives, on one database (15 minutes at most)
	@$(BIN)/python -m benchmarks

.PHONY: bench-quick
bench-quick: install ## The same rows on small sizes (2 minutes)
	@$(BIN)/python -m benchmarks --quick

# Apart from .venv and the lock: a tool that only this target needs.
MUTMUT := 3.8.1

.mutants/$(MUTMUT): $(STAMP)
	@rm -rf .mutants
	@if command -v uv >/dev/null 2>&1; then \
		uv pip install -q --python $(BIN)/python --target .mutants mutmut==$(MUTMUT); \
	else \
		$(BIN)/python -m pip install -q --disable-pip-version-check --target .mutants mutmut==$(MUTMUT); \
	fi
	@touch $@

.PHONY: mutants
mutants: .mutants/$(MUTMUT) ## Change policy and rules by machine; count what no spec notices (45 minutes at most)
	@PYTHONPATH="$(CURDIR)/.mutants" $(BIN)/python -m tests.tools.mutants --children $(WORKERS)

LOCK := uv pip compile -q --no-config --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.PHONY: lock
lock: ## Pin every package anew, with hashes (needs uv on the PATH)
	@$(LOCK) --upgrade --extra build --extra dev pyproject.toml -o requirements.lock
	@$(LOCK) --extra build -c requirements.lock pyproject.toml -o requirements-runtime.lock
