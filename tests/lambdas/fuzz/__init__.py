"""Every handler with events that nobody would think of: what it answers, changes and logs.

`PATCHBAY_FUZZ=10000 pytest -n0 tests/lambdas/fuzz` gives each of them ten thousand; without the variable it
is a few, and the same ones each time.
"""
