# Counterpoint's targets. The work is done by the scripts in .make; each of them can be run on its own as well.
# `make` alone, or `make help`, lists the targets.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# A target is a whole job with its own progress, not a file; two at once would share .build and .local.
.NOTPARALLEL:
.PHONY: help run stop test mutants bench fuzz fuzz-parsers soak build format lint clean demo-reset

help: ## this list
	@awk -F ' *## *' '/^[a-z-]+:.*##/ { sub(/:.*/, "", $$1); printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  COUNTERPOINT_PORT=8080      the port of \`make run\` on 127.0.0.1"
	@echo "  DATABASE_URL=postgresql://… \`make run\` uses this server instead of a private cluster"
	@echo "  FILTER=SuiteOrTest          \`make test\` runs only what matches"
	@echo "  FUZZ_EXAMPLES=20 FUZZ_SECONDS=300 FUZZ_ROLES=…, SECONDS=60 (fuzz-parsers), SOAK_MINUTES=10"

run: ## install what is missing, build, start everything with the demonstration programme; Ctrl-C ends it
	@.make/run

stop: ## stop the service and the private cluster that this checkout started
	@.make/stop

test: ## install what is missing, run every test against a throw-away cluster
	@.make/test

mutants: ## plant known holes one by one, and see that tests notice each; takes long (Tests/Mutants/README.md)
	@.make/mutants

bench: ## measure the service against pgbench on this machine
	@.make/bench

fuzz: ## schemathesis against a service of its own, as each kind of caller
	@.make/fuzz

fuzz-parsers: ## libFuzzer on what reads strangers' bytes: JSON, bodies, CSV, values
	@.make/fuzz-parsers "$(SECONDS)"

soak: ## some minutes of mixed load: does anything grow?
	@.make/soak

build: ## build the service and the admin tool (release)
	@.make/machine && .make/build

format: ## rewrite the Swift files in the house style
	@.make/format

lint: ## style, import rules and habits of the house; each finding with file, line and what to do
	@.make/lint

clean: ## remove what was built; the data of the private cluster stays
	@rm -rf .build

demo-reset: ## throw the private cluster away with all its data; the next `make run` starts anew
	@.make/demo-reset
