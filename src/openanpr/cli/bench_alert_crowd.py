"""Many open screens as plain clients in a process of their own, each with its own ticket.

Reads the stream's address and the tickets as JSON from its input, says ``ready`` when every stream
is open, and at the end of its input prints what each screen heard.
"""

import asyncio
import json
import sys
import time
from typing import Any
from urllib.parse import urlencode, urlsplit


class Crowd:
    """The screens of one run."""

    def __init__(self, address: str, tickets: list[str]) -> None:
        self._address = urlsplit(address)
        self._tickets = tickets
        self.heard: list[list[tuple[float, str]]] = [[] for _ in tickets]
        self.ended = 0

    async def run(self) -> None:
        """Open all, then listen until the input ends."""
        opening = asyncio.Semaphore(50)
        opened = [asyncio.Event() for _ in self._tickets]
        tasks = [
            asyncio.create_task(self._listen(number, opening, opened[number]))
            for number in range(len(self._tickets))
        ]
        for event in opened:
            await event.wait()
        print("ready", flush=True)  # noqa: T201 - spoken to the process that started this one
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        for task in tasks:
            task.cancel()

    async def _listen(self, number: int, opening: asyncio.Semaphore, opened: asyncio.Event) -> None:
        try:
            async with opening:
                reader, _writer = await self._open(self._tickets[number])
                await reader.readuntil(b"event: beat")
            opened.set()
            while line := await reader.readline():
                if line.startswith(b"event: alert"):
                    data = (await reader.readline()).removeprefix(b"data: ")
                    self.heard[number].append((time.time() * 1000, data.decode()))
        except (OSError, asyncio.IncompleteReadError):
            pass  # counted below: a stream that ends early is told
        opened.set()
        self.ended += 1

    async def _open(self, ticket: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = self._address.hostname or "", self._address.port or 80
        reader, writer = await asyncio.open_connection(host, port)
        path = f"{self._address.path}?{urlencode({'ticket': ticket})}"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        await writer.drain()
        return reader, writer


def main() -> None:
    """One run."""
    given: dict[str, Any] = json.loads(sys.stdin.readline())
    crowd = Crowd(given["address"], given["tickets"])
    asyncio.run(crowd.run())
    json.dump({"heard": crowd.heard, "ended": crowd.ended}, sys.stdout)


if __name__ == "__main__":
    main()
