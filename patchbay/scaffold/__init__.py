"""What `patchbay new`, `init` and `remove` write: planned whole, tried on a copy, then written."""
