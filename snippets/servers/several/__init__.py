"""A thread for each client: nobody waits for another."""
