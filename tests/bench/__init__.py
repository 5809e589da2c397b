"""Benchmarks: figures and their ratio to the bare SQL measured in the same run. Not tests: the machine is shared."""
