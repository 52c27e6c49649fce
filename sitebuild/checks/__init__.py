"""Finds what is wrong with the sources of a checkout, each mistake with place and cure, without a builder."""
