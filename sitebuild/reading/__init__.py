"""Reads files, fences and their options, so that a mistake is told with its line. Knows nothing of this site."""
