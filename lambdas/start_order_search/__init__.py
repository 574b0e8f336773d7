"""Starts a search for a customer's orders and answers at once with the key to its result."""
