"""Moves callers to a new version in steps, by evidence: the step of the release controller."""
