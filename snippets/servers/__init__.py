"""Servers that stay, and clients that are rude to them."""
