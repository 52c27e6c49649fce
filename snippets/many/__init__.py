"""How one program serves many connections."""
