# The same commands without make (Windows): py dev.py run, py dev.py test, ...
PYTHON ?= python3
ARGS ?=

.PHONY: run test check lint bench demo tour lock
run test check bench demo tour lock:
	@$(PYTHON) dev.py $@ $(ARGS)
lint:
	@$(PYTHON) dev.py check --no-tests $(ARGS)
