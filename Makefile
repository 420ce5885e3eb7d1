PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check
demo: $(VENV)/.dev
	$(BIN)/firsthand read src/firsthand/examples/*.html
test: $(VENV)/.dev
	$(BIN)/python -m pytest
check: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python -m pytest
$(VENV)/.dev: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -e '.[dev]'
	touch $@
