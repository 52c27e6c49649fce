"""What a port number does, and what it does not."""
