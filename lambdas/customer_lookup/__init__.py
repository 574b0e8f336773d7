"""Who is calling: the customer behind a phone number."""
