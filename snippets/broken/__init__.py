"""Programs that are wrong on purpose."""
