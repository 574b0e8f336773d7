"""`patchbay probe`: what AWS's pages leave open and the design touches, asked of a real account."""
