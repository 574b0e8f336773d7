"""The rule by which a release is decided. Pure: the controller, the command line and the benchmarks use this copy."""
