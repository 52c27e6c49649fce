"""What the words mean: a port is a number, a socket holds one."""
