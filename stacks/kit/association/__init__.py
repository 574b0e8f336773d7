"""Runs Amazon Connect's AssociateLambdaFunction for all functions of one instance."""
