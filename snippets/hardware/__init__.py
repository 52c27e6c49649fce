"""The holes in the case: what they carry, and what a port is."""
