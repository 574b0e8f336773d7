"""Layout in, SVG out."""
