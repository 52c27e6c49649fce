"""The data files in docs/data/: what stands in them, and whether an entry is whole. Pure: text in, entries out."""
