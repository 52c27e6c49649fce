"""The folder that stands first on the PYTHONPATH of a watched program. Python imports `sitecustomize` when it starts."""
