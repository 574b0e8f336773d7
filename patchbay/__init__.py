"""Patchbay wires Amazon Connect to AWS Lambda."""
