"""What became of a search for a customer's orders."""
