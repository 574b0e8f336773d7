"""Releases, as the command line and the stacks see them; the controller itself is `stacks/kit/release`."""
