"""A large environment, and an AWS that answers for it from memory."""
