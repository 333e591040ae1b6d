# Two doors: `make demo` runs the main job on the bundled real data, `make test` passes the tests.
# Both install the system packages they need first.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# The hot targets use the instructions this machine has; see Package.swift.
GRANARY_MARCH ?= $(shell .ci/processor)
export GRANARY_MARCH

GRANARY := .build/release/granary
OUT := out

.PHONY: help demo double-11 test build install-packages format lint bench accept clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## run the flagship promotion week on the bundled data and say where the report is
	@mkdir -p $(OUT)
	@$(GRANARY) run scenarios/flagship.yaml --workspace $(OUT)/demo.sqlite --out $(OUT)/demo

double-11: build ## generate the data set of Double 11 (20,000 SKUs, 2,000,000 orders) and run both waves
	@mkdir -p $(OUT)
	@test -d $(OUT)/double-11 || $(GRANARY) generate --profile double-11 --skus 20000 --orders 2000000 --seed 11 $(OUT)/double-11
	@$(GRANARY) run scenarios/double-11/double-11.yaml --workspace $(OUT)/double-11.sqlite --out $(OUT)/double-11-report

test: install-packages ## run all tests
	swift test --parallel

build: install-packages ## build the granary command in release mode
	swift build -c release --product granary

install-packages:
	@.ci/install-packages build

format: ## put every source file into the committed format
	swift format -i -r --configuration .swift-format Package.swift Sources Tests Benchmarks

lint: ## check the format without changing anything
	swift format lint --strict -r --configuration .swift-format Package.swift Sources Tests Benchmarks

bench: install-packages ## run the benchmarks (nested package, release mode)
	swift run -c release --package-path Benchmarks benchmarks

accept: install-packages ## check accuracy and cost against the measuring data (GRANARY_DATA names their folder)
	swift run -c release --package-path Benchmarks accept $(AREAS)

clean: ## remove what was built and written
	rm -rf .build Benchmarks/.build $(OUT)
