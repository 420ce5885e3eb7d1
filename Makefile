# Every target sets up what it needs, in virtual environments inside this folder, and is quick once that is done.
RUN := .venv/.run
DEV := .venv/.dev
BENCH := .venv-bench/.ready
TRAIN := .venv-train/.ready
LOCK := uv pip compile --quiet --upgrade --generate-hashes --no-header --python-version 3.11
TORCH := $(shell sed -n 's/.*"\(torch==[^"]*\)".*/\1/p' pyproject.toml)
UNIVERSAL := $(LOCK) --universal --fork-strategy fewest

.PHONY: help demo test check bench growth media train readme lock clean

help:
	@echo "make demo    put a bundled story in a library, show its claims and what one rests on"
	@echo "make test    run the tests"
	@echo "make check   lint, types, tests: all that a change must pass"
	@echo "make bench   measure against peers on PolNeAR (needs ../shared/data)"
	@echo "make growth  measure and plot what an article costs as claims grow (half an hour)"
	@echo "make media   measure the check of pictures, videos and sounds beside vPDQ (an hour)"
	@echo "make train   train the model anew (needs ../shared/data, hours)"
	@echo "make readme  put the last bench's scores and real output into the README"
	@echo "make lock    resolve requirements/*.txt anew (needs uv)"
	@echo "make clean   remove the virtual environments and caches"

demo: $(RUN)
	@tools/demo

test: $(DEV)
	@.venv/bin/python -m pytest --numprocesses 2 --dist loadfile

check: $(DEV)
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/python -m pytest --numprocesses 2 --dist loadfile

bench: $(RUN) $(BENCH)
	@.venv/bin/python -m bench

growth: $(RUN)
	@OPENBLAS_NUM_THREADS=1 .venv/bin/python -m bench.claims_growth 300000 docs/claims-growth.svg

# The peer needs a compiler and FFmpeg's headers; where they are not to be had, its column says so.
media: $(RUN)
	-@tools/oracles
	@.venv/bin/python -m bench.media

train: $(TRAIN)
	.venv-train/bin/python -m training.recipe

readme: $(RUN) $(DEV)
	.venv/bin/python tools/picture
	.venv/bin/python tools/pages
	.venv/bin/python -m bench.readme

$(RUN): requirements/run.txt requirements/build.txt pyproject.toml tools/venv
	@tools/venv .venv requirements/run.txt
	@touch $@

$(DEV): requirements/dev.txt $(RUN) tools/chromium tools/axe
	@tools/venv .venv requirements/dev.txt
	@tools/chromium
	@tools/axe
	@touch $@

$(BENCH): requirements/bench.txt tools/venv
	@tools/venv --alone .venv-bench requirements/bench.txt
	@touch $@

# torch alone comes without hashes: its builds differ by machine (CPU, CUDA), and so does what they need.
$(TRAIN): requirements/train.txt requirements/build.txt pyproject.toml tools/venv
	@tools/venv .venv-train requirements/train.txt
	@.venv-train/bin/python -m pip install --quiet $(TORCH)
	@touch $@

lock:
	$(UNIVERSAL) --group pyproject.toml:build -o requirements/build.txt
	$(UNIVERSAL) --extra deep pyproject.toml -o requirements/run.txt
	$(UNIVERSAL) --group dev -c requirements/run.txt -c requirements/build.txt pyproject.toml -o requirements/dev.txt
	$(UNIVERSAL) --group pyproject.toml:bench -o requirements/bench.txt
	$(UNIVERSAL) --group pyproject.toml:oracles -o requirements/oracles.txt
	# For macOS, because torch asks for its CUDA libraries elsewhere. The hashes are those of every platform.
	MACOSX_DEPLOYMENT_TARGET=14.0 $(LOCK) --python-platform aarch64-apple-darwin --no-emit-package torch \
		--group train -c requirements/run.txt pyproject.toml -o requirements/train.txt

clean:
	rm -rf .demo .venv .venv-bench .venv-oracles .venv-train .mypy_cache .ruff_cache .pytest_cache .hypothesis bench/out
