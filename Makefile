# The few commands to learn. `make help` lists them.
comma := ,
ENGINES := tape,verilator$(if $(shell command -v iverilog),$(comma)icarus)
NIELLO := target/release/niello

.PHONY: help demo test trained lint bench placed tables row-tables sparse-tables bless mutants soak setup setup-synth

help: ## This list.
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 14

demo: $(NIELLO) setup ## A real int8 model to Verilog, proven equal; tools are brought into .venv.
	$(NIELLO) build examples/digits_mlp/digits_mlp.onnx -o build/digits_mlp --force
	$(NIELLO) verify examples/digits_mlp/digits_mlp.onnx --engine $(ENGINES)
	@echo "The Verilog lies in build/digits_mlp; its README.md tells how to simulate it without niello."

$(NIELLO): FORCE
	cargo build --release --quiet

FORCE:

setup: $(NIELLO) ## The pinned tools, into .venv.
	$(NIELLO) setup

test: setup ## Everything a developer needs to trust a change; ends with the count of tests that were skipped.
	@mkdir -p target && : > target/skips.txt
	NIELLO_SKIPS=$(CURDIR)/target/skips.txt cargo test --workspace --quiet
	cargo run --quiet --example custom_block > /dev/null
	cargo run --quiet --example own_blocks -- block verify leaky_integrator --engine tape > /dev/null
	@cat target/skips.txt; echo "skipped: $$(wc -l < target/skips.txt)"

trained: ## Trained models of 16 applications and what LiteRT computes on them, into build/trained, for `make test`.
	python3 -m venv build/litert
	build/litert/bin/pip install --quiet $(shell grep -E "ai-edge-litert|numpy" model/tests/data/requirements.txt)
	build/litert/bin/python model/tests/data/make_trained.py build/trained

lint: ## Formatting, clippy and documentation, warnings are errors.
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet

bench: setup ## Speeds, as ratios in one run; see docs/performance.md.
	cargo bench --bench performance

setup-synth: $(NIELLO) ## Yosys and nextpnr as well, for `niello synth`.
	$(NIELLO) setup --synth

bless: setup-synth ## Record evidence and costs of every block (BLOCK=name: of one) and write docs/: read what changed.
	$(NIELLO) block catalogue --evidence --costs $(if $(BLOCK),--block $(BLOCK))

mutants: setup ## Put faults into blocks' Verilog and record which their benches find; BLOCK=name for one. See docs/mutants.md.
	$(NIELLO) block mutants $(BLOCK) --record docs/catalogue

tables: setup-synth ## Area, clock rate and cycles of every kind of MAC; see docs/mac-tables.md.
	cargo bench --bench tables

row-tables: setup-synth ## Area, clock rate, cycles and distance from reals of softmaxes and norms; see docs/row-tables.md.
	cargo bench --bench row_tables

sparse-tables: setup-synth ## Arrays that skip zeros: cycles against density, area and clock; see docs/sparse-tables.md.
	cargo bench --bench sparse_tables

placed: setup-synth ## Transformers placed on an ECP5-85F; a section of docs/performance.md.
	cargo bench --bench placed

soak: setup ## Hours of random designs and configurations.
	NIELLO_SOAK=50 cargo test --workspace --release --quiet

