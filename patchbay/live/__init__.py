"""What is deployed of an environment, read once over every Region, account and instance, then frozen."""
