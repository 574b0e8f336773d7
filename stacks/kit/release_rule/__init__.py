"""The rule by which a release is decided. Pure: controller, command line and benchmarks use this copy."""
