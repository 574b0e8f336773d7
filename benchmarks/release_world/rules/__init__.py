"""The rules that are compared, one file each: what other tools ship, and ours."""
