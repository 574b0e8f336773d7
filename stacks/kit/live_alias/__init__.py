"""Owns the alias that contact flows name, so that CloudFormation never writes it."""
