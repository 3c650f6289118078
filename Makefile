# SPDX-License-Identifier: GPL-3.0-or-later
# Needs make and Python 3.11 or newer; everything else goes into .venv/.
# PYTHON=/path/to/python chooses the interpreter, otherwise the newest suitable one on the machine is taken.

VENV := .venv
TOOLS := tests/tools
REQUIREMENTS := tests/requirements
PIP := $(VENV)/bin/python -m pip install --quiet --quiet --disable-pip-version-check
CHECK := $(VENV)/bin/python $(TOOLS)/check.py

# The collection is imported as ansible_collections.kariz.panels, from a root that links to the checkout.
ROOT := $(CURDIR)/$(VENV)/collections
LINK := $(VENV)/collections/ansible_collections/kariz/panels
export ANSIBLE_COLLECTIONS_PATH := $(ROOT)
export PYTHONPATH := $(ROOT)
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

RUN := $(VENV)/.run.stamp $(VENV)/.simulator.stamp $(LINK)
TEST := $(RUN) $(VENV)/.test.stamp $(VENV)/.platform.stamp
LINT := $(VENV)/.run.stamp $(VENV)/.lint.stamp $(LINK)
RELEASE := $(LINT) $(VENV)/.release.stamp
DOCS := $(VENV)/.run.stamp $(VENV)/.docs.stamp $(LINK)

.PHONY: help demo try test platform check mutants fuzz unit simulator-test integration sanity lint docs-lint molecule matrix plan-sums release campaign bench bench-scale clean system site one cpu step FORCE
.DELETE_ON_ERROR:

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

demo: $(RUN) ## all vendors at work against the built-in simulator
	@$(VENV)/bin/python $(TOOLS)/demo.py
	@$(VENV)/bin/python $(TOOLS)/demo_business.py

try: $(RUN) ## a shell with the simulator running and the five demo accounts in the environment (or COMMAND="...")
	@$(VENV)/bin/python $(TOOLS)/try.py "$$COMMAND"

test: $(TEST) $(RELEASE) $(DOCS) system ## every check, and every test but those of `make platform`
	@$(CHECK) all

platform: $(TEST) ## the collection where others run it: AWX, Event-Driven Ansible, molecule, an execution environment
	@$(CHECK) platform

check: $(TEST) $(LINT) $(DOCS) ## for everyday work: unit tests, a quick subset of the plays, lint; under three minutes
	@$(CHECK) ruff yamllint action-groups role-specs role-readmes desired-schema audit-query awx-types event-sources mypy unit simulator-test docs-lint smoke

mutants: $(TEST) ## how many random faults in the core its unit tests notice (ROOMS="planner apply", COUNT=40, SEED=1)
	@$(VENV)/bin/python $(TOOLS)/mutants.py $(ROOMS) --count $(or $(COUNT),40) --seed $(or $(SEED),1)

unit: $(TEST) ## unit tests
	@$(CHECK) unit

simulator-test: $(TEST) ## the simulator's own tests
	@$(CHECK) simulator-test

integration: $(TEST) ## real ansible-playbook runs against the simulator
	@$(CHECK) integration

sanity: $(RUN) system ## ansible-test sanity
	@$(CHECK) sanity

lint: $(RELEASE) ## ansible-lint, yamllint, ruff, mypy, action groups, schema, change log, archive, licences
	@$(CHECK) ansible-lint yamllint ruff mypy action-groups role-specs role-readmes desired-schema audit-query awx-types event-sources changelog release importer reuse

docs-lint: $(DOCS) ## plugin documentation
	@$(CHECK) docs-lint

molecule: $(TEST) ## the scenarios under extensions/molecule
	@$(CHECK) molecule

site: $(DOCS) system ## the documentation as a site in English and Persian, in build/site; links, directions and sizes are checked
	@$(CHECK) site

one: $(TEST) ## one test, or some: make one T="tests/unit/test_core_text.py -k digits"
	@$(VENV)/bin/python -m pytest -q $(T)

cpu: $(TEST) ## what tests cost in seconds of processor time, with all their processes: make cpu T="tests/integration -n 2"
	@$(VENV)/bin/python $(TOOLS)/cpu.py $(T)

step: $(TEST) $(RELEASE) $(DOCS) system ## one step of `make test` by its name: make step S=mypy
	@$(CHECK) $(S)

matrix: $(VENV)/.run.stamp system ## every supported ansible-core: plugins, smoke tests, sanity
	@$(VENV)/bin/python $(TOOLS)/matrix.py

release: $(RELEASE) ## archive, change log, checksums, bill of materials in build/release (VERSION=1.2.3, KEY=gpg key, WRITE=1: into the checkout)
	@$(VENV)/bin/python $(TOOLS)/release.py $(VERSION) $(if $(KEY),--key "$(KEY)") $(if $(WRITE),--write)

plan-sums: $(TEST) ## every sum of a plan is what the simulator then charges, over random files (FILES=1000; `make test` takes 60)
	@KARIZ_PLAN_FILES=$(or $(FILES),1000) $(VENV)/bin/python -m pytest -q -n 2 tests/integration/test_plan_sums.py

campaign: $(TEST) ## random faults over every state module, the roles and provision, each plan followed by a clean run (PLANS=2000, SEED=1, MINUTES=60, WORLD=alocom_user, WAY=play, RECORD=file)
	@$(VENV)/bin/python tests/campaign/campaign.py --table --plans $(or $(PLANS),2000) --seed $(or $(SEED),1) --minutes $(or $(MINUTES),60) \
		$(if $(WORLD),--world $(WORLD)) $(if $(WAY),--way "$(WAY)") $(if $(RECORD),--record "$(RECORD)")

fuzz: $(TEST) ## options that nobody expects, and answers that no vendor documents (COUNT=200, SEED=1, KIND=options, ONLY="alocom_user message")
	@$(VENV)/bin/python tests/fuzz/fuzz.py --count $(or $(COUNT),200) --seed $(or $(SEED),1) $(if $(KIND),--kind $(KIND)) $(ONLY)

bench: $(TEST) ## benchmarks (figures, no verdict)
	@$(VENV)/bin/python tests/benchmarks/run.py
	@$(VENV)/bin/python tests/benchmarks/journal.py

bench-scale: $(TEST) ## how the cost of every case grows with its objects, beside a bare script (CASES="pages many"); takes minutes
	@$(VENV)/bin/python tests/benchmarks/scale.py $(CASES)

screenshots: $(TEST) ## the reports in both languages, light, dark, on a phone and on paper (Chromium), for looking at and for docs/images
	@$(VENV)/bin/python $(TOOLS)/screenshots.py

clean: ## remove everything that was made here
	rm -rf $(VENV) .venv-matrix .ansible .hypothesis .mypy_cache .pytest_cache .ruff_cache build tests/output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

system:
	@sh $(TOOLS)/system.sh shellcheck

# The script leaves .python untouched unless the environment has to be made anew.
$(VENV)/.python: FORCE
	@sh $(TOOLS)/venv.sh $(VENV) "$(PYTHON)"

$(VENV)/.%.stamp: $(REQUIREMENTS)/%.txt $(VENV)/.python
	@echo "$(VENV): $<"
	@$(PIP) -r $<
	@touch $@

# test.txt names the simulator's requirements too; the demo needs only them.
$(VENV)/.test.stamp: $(REQUIREMENTS)/simulator.txt

$(LINK): | $(VENV)/.python
	@mkdir -p $(@D)
	@ln -sfn ../../../.. $@
