"""Searches a customer's orders in a slow system; invoked asynchronously, never by a flow."""
