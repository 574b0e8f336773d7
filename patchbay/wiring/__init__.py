"""The wiring of an environment as a picture: what was read of it, with what the doctor found."""
