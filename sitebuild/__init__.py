"""Turns the pages, the programs and their recordings into a site."""
