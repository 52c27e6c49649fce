"""An asyncio server stays, and sends each client its own words."""
