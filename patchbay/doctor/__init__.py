"""Is everything wired as the configuration says? One module per check, all of them on what was read once."""
