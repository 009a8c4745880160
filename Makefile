# Every target makes its own virtual environment in .venv and installs what it needs.
PYTHON ?= python3
SIZE ?= 1000
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1 # Material's end-of-life notice; see docs/architecture.md

.DEFAULT_GOAL := help
.PHONY: help site offline serve test search-report lint audit proof fuzz bench lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

site: .venv/site ## build the site and verify it; site/ leads to it
	$(BIN)/sop build --out site

offline: .venv/site ## site-offline.zip: a copy that opens without a network, by double click
	rm -rf .cache/offline site-offline.zip
	SOP_OFFLINE=true SOP_DIRECTORY_URLS=false $(BIN)/mkdocs build --strict --site-dir .cache/offline/sop
	cd .cache/offline && ../../$(BIN)/python -m zipfile -c ../../site-offline.zip sop

serve: .venv/site ## show the site at http://127.0.0.1:8000 and follow every edit
	$(BIN)/mkdocs serve --no-strict

test: .venv/test ## all tests, with a browser; at most five minutes on two cores
	$(BIN)/python tests/browser.py
	$(BIN)/pytest -n 2

lint: .venv/test ## the SOP, style and types
	$(BIN)/sop check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

search-report: .venv/test ## how well the search answers, and what it misses
	$(BIN)/python tests/browser.py
	$(BIN)/pytest -s tests/test_search.py -k "first or typos"

audit: .venv/test ## the long proofs, and those that need Node.js or Java
	@command -v npm >/dev/null || { echo "make audit needs Node.js with npm: install it with the package manager of this machine"; exit 1; }
	@command -v java >/dev/null || { echo "make audit needs a Java runtime: install it with the package manager of this machine"; exit 1; }
	npm ci --prefix tests/audit --ignore-scripts --no-audit --no-fund --silent
	$(BIN)/python tests/browser.py
	$(BIN)/pytest tests/audit

proof: .venv/test ## write docs/checks-proof.md: what becomes of every mutant of the SOP
	$(BIN)/python tests/mutation.py > docs/checks-proof.new
	mv docs/checks-proof.new docs/checks-proof.md

fuzz: .venv/test ## 100,000 random mutants of the SOP, some five minutes on two cores
	$(BIN)/python tests/fuzz.py

bench: .venv/test ## how fast it is, into docs/performance.md; make bench SIZE=100 for so many marketplaces
	$(BIN)/python tests/browser.py
	PYTHONPATH=tests $(BIN)/python bench/bench.py $(SIZE)

lock: .venv/test ## pin all dependencies anew, with hashes
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-header --no-annotate --allow-unsafe --upgrade --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-header --no-annotate --allow-unsafe --upgrade --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean: ## remove what was built and installed
	rm -rf .venv .cache site site.builds site-offline.zip tests/audit/node_modules

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/site: .venv/python requirements.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: .venv/site requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
