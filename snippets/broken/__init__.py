"""Programs that are wrong on purpose, each with the bug that it is about."""
