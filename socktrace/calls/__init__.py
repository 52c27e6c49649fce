"""Witness 1, and all that runs inside a watched program: its socket calls, and the lines that made them."""
