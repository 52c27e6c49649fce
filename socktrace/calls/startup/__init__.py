"""The folder that stands first on the PYTHONPATH of a watched program: Python imports `sitecustomize` as it starts."""
