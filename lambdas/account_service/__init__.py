"""A bank account over the phone: its balance, its card, a transfer."""
