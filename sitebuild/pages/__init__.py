"""Puts blocks together to pages: the extension that both builders call, and the skeleton."""
