"""Hardware ports: their data, their drawings to scale, and the key that tells them apart. Pure."""
