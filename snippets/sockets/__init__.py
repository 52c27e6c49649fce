"""How sockets connect, talk and part."""
