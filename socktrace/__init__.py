"""Runs a Python program, records its sockets and packets, judges them and draws them.

Data flows one way, from the program to the reader:

- `commands`, `program` and `sandbox` run it, alone in a network of its own. `recorder` does so under two witnesses.
- `calls` is the first witness, inside the program; `packets` is the second, on the wire. `kernel` is the judge between
  them.
- `assembly` makes one `recording` of what they say: frozen data, and what follows from it. `canonical` says what two
  recordings must have in common, `consistency` whether one agrees with itself.
- `verdict` holds it against the rules. `ladder` draws it, `report` puts both on a terminal, and `output` hands out what
  somebody asked for, all of it with the words of `wording`.
- `cli` and `pytest_plugin` are the two ways in. `session` runs commands on several hosts.
"""
