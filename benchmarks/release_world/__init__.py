"""A simulated contact centre on which release rules are compared."""
