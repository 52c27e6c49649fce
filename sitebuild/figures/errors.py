"""What is wrong with a figure."""


class FigureError(ValueError):
    """A figure that cannot be drawn as its source says; the message says how to mend it."""
