"""The programs of this site: one module, one idea."""
