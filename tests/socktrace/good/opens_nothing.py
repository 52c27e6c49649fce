"""No socket at all: nothing to find fault with."""

print("hello")
