"""Runs a Python program, records its sockets and packets, judges them and draws them."""
