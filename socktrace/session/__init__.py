"""Recorded shell sessions: commands on several hosts, each a network namespace, and what they printed.

`model` reads a session and keeps its transcript, `crossings` tells the same packet in two places, `canonical` compares
two transcripts, `script` writes a session as a shell script; these are pure. `runner` runs a session, with `warden` as
its first process inside.
"""
