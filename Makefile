# `make demo` and `make test` need nothing but Python 3.11 or newer: they make their own environment.
# Where python3 is older: make demo PYTHON=python3.12
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test lint types messages clean

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $(READY)

demo: $(READY)
	$(BIN)/arxiv-screen --topic "Talking Head" --demo
	@echo "To sort these papers in a browser: $(BIN)/arxiv-screen serve --demo"

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

# Brings the catalogues of pipeline/locale up to date with the messages in the code, and compiles them.
messages: $(READY)
	$(BIN)/pybabel -q extract -F pyproject.toml -k _ -k mark -k ngettext:1,2 --no-location --sort-output -w 100 -o .messages.pot .
	$(BIN)/pybabel -q update -D arxiv-screen -d pipeline/locale -i .messages.pot --no-fuzzy-matching --ignore-obsolete \
	  --ignore-pot-creation-date -w 100
	$(BIN)/pybabel -q compile -D arxiv-screen -d pipeline/locale
	rm .messages.pot

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
