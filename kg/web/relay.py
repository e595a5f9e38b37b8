"""Bytes carried between a client and the HTTP server behind the listener, each way at the reader's pace."""

from __future__ import annotations

import asyncio
from typing import cast


class Relay(asyncio.Protocol):
    """The connection to the server behind, on behalf of one client."""

    def __init__(self, client: asyncio.Transport, behind: str, came: bytes) -> None:
        self.client, self.behind = client, behind
        self._early = came
        self._eof = self._over = False
        self._transport: asyncio.Transport | None = None

    async def connect(self) -> None:
        """Reach the server; what came meanwhile is sent first."""
        self.client.pause_reading()
        try:
            await asyncio.get_running_loop().create_unix_connection(lambda: self, self.behind)
        except OSError:
            self.client.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:  # noqa: D102
        self._transport = cast("asyncio.Transport", transport)
        if self._over:
            self._transport.abort()
            return
        self._transport.write(self._early)
        self._early = b""
        if self._eof:
            self._transport.write_eof()
        self.client.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002, D102
        self.client.close()  # after what is still to be sent

    def data_received(self, data: bytes) -> None:  # noqa: D102
        self.client.write(data)

    def pause_writing(self) -> None:
        """The server behind doesn't take more for now."""
        if not self.client.is_closing():
            self.client.pause_reading()

    def resume_writing(self) -> None:
        """It does again."""
        if not self.client.is_closing():
            self.client.resume_reading()

    # What the client does

    def send(self, data: bytes) -> None:
        """More of the client's bytes."""
        if self._transport:
            self._transport.write(data)
        else:
            self._early += data

    def send_eof(self) -> None:
        """The client sends no more."""
        self._eof = True
        if self._transport and not self._transport.is_closing():
            self._transport.write_eof()

    def pause(self) -> None:
        """The client doesn't read for now."""
        if self._transport and not self._transport.is_closing():
            self._transport.pause_reading()

    def resume(self) -> None:
        """It does again."""
        if self._transport and not self._transport.is_closing():
            self._transport.resume_reading()

    def end(self) -> None:
        """The client has gone."""
        self._over = True
        if self._transport:
            self._transport.close()
