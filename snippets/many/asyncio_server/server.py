import asyncio


async def serve(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    """Send one client its own words."""
    while data := await reader.read(1024):
        writer.write(data)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main() -> None:
    """Serve until Ctrl-C."""
    server = await asyncio.start_server(
        serve,
        "127.0.0.1",
        4713,
    )
    async with server:
        await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:  # Ctrl-C
    print("stopped")
