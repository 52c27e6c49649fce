"""Two programs say hello: one waits for a call, one makes it."""
