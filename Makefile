# The distribution's own Python, where it will do: it is compiled to be quick, which one
# that was built by hand seldom is.
OWN = /usr/bin/python3
FITS = import ensurepip, sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell $(OWN) -c '$(FITS)' 2>/dev/null && echo $(OWN) || echo python3)
PORT ?= 8000
DATA_DIR ?= var
export PORT DATA_DIR ONLY SIZE FLEET TAKEN

.DEFAULT_GOAL := help
.PHONY: run test check mutants faults bench demo rules assets lock clean help

run: ## Start the portal with its demo world (PORT=8000, DATA_DIR=var)
	@$(PYTHON) -m tools.run

test: ## Run every check: lint, types, contracts, both suites, browser tests
	@$(PYTHON) -m tools.verify

check: ## Run lint, types and contracts only
	@$(PYTHON) -m tools.verify --no-tests

mutants: ## Break some 800 rules one at a time; 95 % must be noticed (ONLY=quotes, ONLY=1-20)
	@$(PYTHON) -m tools.mutants

faults: ## Kill workers, take servers away: nothing owed is lost (some six minutes)
	@$(PYTHON) -m tools.faults

bench: ## Time the pages in a world of many orders (SIZE=1000; 100000 takes half an hour; FLEET=10000 invoices a year, TAKEN=10000 takes over)
	@$(PYTHON) -m tools.bench

demo: ## Throw the trial's data away and load the demo world anew
	@$(PYTHON) -m tools.demo

rules: ## Print requirement, code and tests, and what is unproven; write docs/rules.md
	@$(PYTHON) -m tools.rules

assets: ## Build style sheet and script from frontend/ into static/ (needs npm)
	@cd frontend && npm install --no-package-lock --no-audit --no-fund && npm run build && cd .. && $(PYTHON) -m tools.assets

lock: ## Pin the newest allowed versions in both lock files
	@$(PYTHON) -m tools.lock

clean: ## Remove .venv, caches and test results, but no data
	@rm -rf .venv build test-results frontend/node_modules .*_cache .hypothesis

help: ## List these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16
