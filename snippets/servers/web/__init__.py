"""A browser asks for a page, and a program answers by hand."""
