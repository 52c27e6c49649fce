"""A server stays, and shouts back what each client says."""
