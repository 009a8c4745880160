# Every target creates the virtual environment in .venv and installs what it needs.
SIZE ?= 1000
BIN := .venv/bin
# The Python to use; .venv is created again when this changes. By default the one of .venv, if there is one.
PYTHON ?= $(shell $(BIN)/python -c '' 2>/dev/null && echo $(BIN)/python || echo python3)
export NO_MKDOCS_2_WARNING := 1 # Material's end-of-life notice; see docs/decisions.md

.DEFAULT_GOAL := help
.PHONY: help site offline serve test quick search-report lint audit proof fuzz bench lock pictures clean FORCE

help: ## list all targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

site: .venv/site ## build the site and verify it; site/ leads to it
	$(BIN)/sop build --out site

offline: .venv/site ## write site-offline.zip, a copy of the site that opens by double click
	rm -rf .cache/offline site-offline.zip
	SOP_OFFLINE=true SOP_DIRECTORY_URLS=false $(BIN)/mkdocs build --strict --site-dir .cache/offline/sop
	cd .cache/offline && ../../$(BIN)/python -m zipfile -c ../../site-offline.zip sop

serve: .venv/site ## serve the site at http://127.0.0.1:8000 and update it after each edit
	$(BIN)/mkdocs serve --no-strict

test: .venv/test ## run all tests, with a browser; at most five minutes on two cores
	$(BIN)/python tests/browser.py
	$(BIN)/pytest -n 2 --dist worksteal

quick: .venv/test ## run the tests that need neither a browser nor a built site or PDF, in seconds
	$(BIN)/pytest -n 2 --dist worksteal -m "not slow and not long"

lint: .venv/test ## check the SOP, code style and types
	$(BIN)/sop check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 macros

search-report: .venv/test ## count correct search results of listed and made queries, by kind
	$(BIN)/python tests/browser.py
	$(BIN)/pytest -q -s tests/site/test_made_queries.py tests/sop/test_search_report.py

audit: .venv/audit ## run long tests, and those that need Node.js or Java
	@command -v npm >/dev/null || { echo "make audit needs Node.js with npm: install it with the system package manager"; exit 1; }
	@command -v java >/dev/null || { echo "make audit needs a Java runtime: install it with the system package manager"; exit 1; }
	npm ci --prefix tests/audit --ignore-scripts --no-audit --no-fund --silent
	$(BIN)/python tests/browser.py
	$(BIN)/pytest -m long

proof: .venv/test ## write docs/checks-proof.md, the results of the mutation tests
	$(BIN)/python tests/mutation.py > docs/checks-proof.new
	mv docs/checks-proof.new docs/checks-proof.md

fuzz: .venv/test ## test 100,000 random changes of the SOP; about five minutes on two cores
	$(BIN)/python tests/fuzz.py

bench: .venv/test ## measure performance and write docs/performance.md; SIZE=100 sets the number of marketplaces
	$(BIN)/python tests/browser.py
	PYTHONPATH=tests $(BIN)/python bench/bench.py $(SIZE)

lock: .venv/test ## update all dependencies and pin them with hashes
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate --allow-unsafe --upgrade --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate --allow-unsafe --upgrade --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate --allow-unsafe --upgrade --extra audit --constraint requirements-dev.txt --output-file requirements-audit.txt pyproject.toml

pictures: .venv/test ## take the pictures of the README
	$(BIN)/python tests/browser.py
	$(BIN)/python tests/pictures.py

clean: ## remove everything that was built or installed
	rm -rf .venv .cache .schema site site.builds site-offline.zip tests/audit/node_modules

.venv/python: FORCE
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is required; this is " + sys.version.split()[0] + ". Select another: make PYTHON=python3.12 ...")'
	@now=$$($(PYTHON) -c 'import sys; print(sys.base_prefix, sys.version.split()[0])'); \
	if [ "$$now" != "$$(cat $@ 2>/dev/null)" ]; then $(PYTHON) -m venv --clear .venv && echo "$$now" > $@; fi

FORCE:

.venv/site: .venv/python requirements.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/sop schema > /dev/null 2>&1 || true # for editors; an SOP with problems must not stop the install
	@touch $@

.venv/test: .venv/site requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv/audit: .venv/test requirements-audit.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@
