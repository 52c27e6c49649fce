"""The blocks that a page can use: one module for each."""
