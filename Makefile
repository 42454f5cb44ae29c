# NetLytics: everything is built, shown, tested and measured from here. `make` alone says how.
#
# Whatever is fetched or built goes to build/ (and cargo's target/); `make clean` takes it away.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help

include scripts/dev/versions.env

PYTHON ?= python3
export PYTHON
# A Spark installed elsewhere must not replace the ones the build fetches.
unexport SPARK_HOME PYTHONPATH PYSPARK_SUBMIT_ARGS

# Seconds that `make fuzz` spends on each target.
FUZZ_SECONDS ?= 600

LIBRARY := build/native/linux-x86_64/libnetlytics_jni.so
MODULE := build/native/linux-x86_64/_native.abi3.so
FAULTS_LIBRARY := build/test/native/libnetlytics_jni.so
THIRD_PARTY := build/jar-meta/THIRD-PARTY.md
JAR := build/jars/netlytics-spark.jar
WHEEL := build/dist/.built
TOOLS := build/venv/.ready
SPARK33 := build/venv-spark33/.ready
SPARK35 := build/venv-spark35/.ready
SPARK4 := build/venv-spark4/.ready
PEERS := build/venv-peers/.ready
MINICLUSTER := build/minicluster/.ready

# sources FOLDERS,ENDINGS: the files below the folders that go into what is shipped.
NOT_SHIPPED := target fuzz test tests benches
sources = $(shell find $(wildcard $(1)) -type d \( $(foreach folder,$(NOT_SHIPPED),-name $(folder) -o) -false \) -prune \
    -o -type f \( $(foreach ending,$(2),-name '*.$(ending)' -o) -false \) -print)

RUST_SOURCES := Cargo.toml Cargo.lock $(call sources,schema connectors algos native,rs toml json)
JVM_SOURCES := $(call sources,spark-glue/java spark-glue/scala,java scala xml) spark-glue/pom.xml \
    $(shell find spark-glue/java/src/main/resources -type f)
PYTHON_SOURCES := $(call sources,spark-glue/python,py toml) $(wildcard schema/*.json */registry.json)

# venv FOLDER,PACKAGES: a fresh virtual environment. --use-pep517: PySpark comes as source.
define venv
	rm -rf $(1)
	$(PYTHON) -m venv $(1)
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --use-pep517 $(2)
	touch $(1)/.ready
endef

.PHONY: help
help: ## Say what can be made (this list)
	@echo "NetLytics: make TARGET"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "What is missing on this machine, and how to get it: scripts/dev/check-toolchain test"

# ---- build ----------------------------------------------------------------------------------

.PHONY: build
build: $(WHEEL) ## Build the native libraries, the jars (build/jars) and the wheel (build/dist)
	@ls -1 $(LIBRARY) $(MODULE) build/jars/*.jar build/dist/*.whl

.PHONY: native
native: $(LIBRARY) $(MODULE) ## Build only the native libraries (build/native)
	@ls -1 $(LIBRARY) $(MODULE)

.PHONY: toolchain
toolchain:
	@scripts/dev/check-toolchain build

.PHONY: test-toolchain
test-toolchain:
	@scripts/dev/check-toolchain test

$(TOOLS): scripts/dev/versions.env | toolchain
	$(call venv,build/venv,ziglang==$(ZIGLANG) cargo-zigbuild==$(CARGO_ZIGBUILD) \
	    ruff==$(RUFF) hatchling==$(HATCHLING))

# Both libraries in one build, so that what they share (Arrow above all) is compiled once. They load on any cluster of the
# last ten years.
RELEASE = $${CARGO_TARGET_DIR:-target}/$(RUST_TARGET)/release

$(LIBRARY) $(MODULE) &: $(RUST_SOURCES) $(TOOLS) | toolchain
	RUSTFLAGS="-C target-cpu=$(TARGET_CPU)" PATH="$(CURDIR)/build/venv/bin:$$PATH" \
	    cargo zigbuild --release --locked -p netlytics-jni -p netlytics-python --target $(RUST_TARGET).$(GLIBC)
	scripts/dev/check-library $(RELEASE)/libnetlytics_jni.so
	scripts/dev/check-library $(RELEASE)/libnetlytics_python.so
	mkdir -p $(dir $(LIBRARY))
	cp $(RELEASE)/libnetlytics_jni.so $(LIBRARY)
	cp $(RELEASE)/libnetlytics_python.so $(MODULE)
	touch $(LIBRARY) $(MODULE)

$(THIRD_PARTY): Cargo.lock $(wildcard scripts/dev/documents/*.py) | toolchain
	$(PYTHON) scripts/dev/make-docs --jar
	touch $@

$(JAR): $(LIBRARY) $(THIRD_PARTY) $(JVM_SOURCES) LICENSE NOTICE
	@# Again: a library put there by hand must not get into a jar.
	scripts/dev/check-library $(LIBRARY)
	scripts/dev/maven package -DskipTests
	mkdir -p build/jars
	cp spark-glue/java/target/netlytics-spark.jar spark-glue/scala/*/target/netlytics-*.jar build/jars/
	scripts/dev/check-jar build/jars/*.jar
	touch $@

$(WHEEL): $(JAR) $(MODULE) $(THIRD_PARTY) $(PYTHON_SOURCES) $(TOOLS)
	rm -rf $(@D)
	build/venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation \
	    --wheel-dir $(@D) ./spark-glue/python
	scripts/dev/check-wheel $(@D)/*.whl
	touch $@

# ---- show -----------------------------------------------------------------------------------

$(SPARK33): scripts/dev/versions.env | test-toolchain
	$(call venv,build/venv-spark33,pyspark==$(PYSPARK_33) numpy==$(NUMPY_33))

$(SPARK35): scripts/dev/versions.env | toolchain
	$(call venv,build/venv-spark35,pyspark==$(PYSPARK_35) pytest==$(PYTEST) pytest-xdist==$(PYTEST_XDIST) pyarrow==$(PYARROW) \
	    pandas==$(PANDAS) polars==$(POLARS) duckdb==$(DUCKDB) matplotlib==$(MATPLOTLIB))

$(SPARK4): scripts/dev/versions.env | test-toolchain
	$(call venv,build/venv-spark4,pyspark==$(PYSPARK_4) numpy==$(NUMPY))

.PHONY: demo
demo: $(WHEEL) $(SPARK35) ## Run two scripts on the sample logs: traffic per domain (Squid), a query (Zeek DNS)
	@scripts/dev/demo

# ---- check ----------------------------------------------------------------------------------

.PHONY: test
test: test-toolchain ## Run every test: checks, Rust, Java, Spark 3.3, 3.5 and 4 (fetches what it needs)
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory test-rust
	@$(MAKE) --no-print-directory test-java
	@$(MAKE) --no-print-directory test-spark

.PHONY: check
check: $(TOOLS) ## Check what is cheap: generated pages, directions of dependencies, formatting
	scripts/dev/make-docs --check
	scripts/dev/check-crates
	scripts/dev/check-imports
	$(PYTHON) -m unittest discover -b -s scripts/dev/tests
	cargo fmt --all --check
	build/venv/bin/ruff check --quiet
	build/venv/bin/ruff format --check --quiet

.PHONY: test-rust
test-rust: | test-toolchain ## Run the tests of the crates
	cargo test --workspace --locked

# A debug build, which can be told to fail, for the tests of the border. The whole workspace is named, so that it shares all
# that `make test-rust` compiles.
$(FAULTS_LIBRARY): $(RUST_SOURCES) | toolchain
	cargo build --workspace --locked
	mkdir -p $(@D)
	cp "$${CARGO_TARGET_DIR:-target}/debug/$(@F)" $@
	touch $@

.PHONY: test-java
test-java: $(JAR) $(FAULTS_LIBRARY) ## Run the Java tests, and the border's programs under -Xcheck:jni
	scripts/dev/test-border $(FAULTS_LIBRARY)

.PHONY: test-spark
test-spark: export NETLYTICS_PYTHON = $(CURDIR)/build/venv-spark35/bin/python
test-spark: export NETLYTICS_PYTHON_33 = $(CURDIR)/build/venv-spark33/bin/python
test-spark: export NETLYTICS_PYTHON_4 = $(CURDIR)/build/venv-spark4/bin/python
test-spark: export NETLYTICS_FAULTS_LIBRARY = $(CURDIR)/$(FAULTS_LIBRARY)
test-spark: $(WHEEL) $(FAULTS_LIBRARY) $(SPARK33) $(SPARK35) $(SPARK4) $(MINICLUSTER) ## Run the tests that cross languages (pytest)
	@# Starting JVMs and waiting for them is most of it: two files at a time. The cluster has the machine for itself.
	build/venv-spark35/bin/python -m pytest -n 2 --dist loadfile --durations 15 tests --ignore tests/cluster
	build/venv-spark35/bin/python -m pytest tests/cluster

.PHONY: test-laptop
test-laptop: $(WHEEL) $(SPARK35) ## Run only those of them that read without Spark, and compare with Spark
	NETLYTICS_PYTHON=$(CURDIR)/build/venv-spark35/bin/python \
	    build/venv-spark35/bin/python -m pytest tests/laptop

# Hadoop's own mini-cluster, for tests/cluster (which make this themselves when they are run alone).
$(MINICLUSTER): tests/cluster/pom.xml
	rm -rf $(@D)
	mvn -B -ntp -q -f $< dependency:copy-dependencies
	touch $@

.PHONY: minicluster
minicluster: $(MINICLUSTER) ## Fetch the mini HDFS and YARN that the cluster tests run on

.PHONY: lint
lint: check ## Check everything about style: `make check`, clippy, scalafmt, javac's warnings
	cargo clippy --workspace --all-targets --locked -- -D warnings
	scripts/dev/maven verify -Plint -DskipTests

.PHONY: fuzz
fuzz: | toolchain ## Fuzz each parser for FUZZ_SECONDS (600)
	scripts/dev/fuzz $(FUZZ_SECONDS)

# What others compute the same things with.
$(PEERS): scripts/dev/versions.env | toolchain
	$(call venv,build/venv-peers,seasonal==$(SEASONAL) scipy==$(SCIPY) scikit-learn==$(SCIKIT_LEARN))

.PHONY: bench
bench: $(WHEEL) $(SPARK35) $(PEERS) ## Measure speed and memory beside other readers
	scripts/bench/run

# ---- keep -----------------------------------------------------------------------------------

.PHONY: docs
docs: | toolchain ## Write the generated pages of docs/
	scripts/dev/make-docs

.PHONY: clean
clean: ## Take away everything that was built or fetched
	rm -rf build target connectors/fuzz/target spark-glue/java/target spark-glue/scala/*/target
