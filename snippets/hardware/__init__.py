"""What plugs into what: contacts, wires, and what software sees."""
