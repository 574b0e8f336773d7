"""A code by text message: the caller proves that the customer's registered phone is at hand."""
