"""A mail server (as much of RFC 5321 as smtplib asks for) and a webhook on loopback, which keep what they are given."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What came. `says`: instead of the answer to that command ("DATA": "451 try later")."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until its QUIT."""
        try:
            self._say(writer, "220 mailbox.test")
            while line := (await reader.readline()).decode().rstrip():
                self.heard.append(line)
                verb = line.split()[0].upper()
                if verb in self.says:
                    self._say(writer, self.says[verb])
                elif verb == "DATA":
                    self._say(writer, "354 go on")
                    body = (await reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
                    self.mails.append(message_from_bytes(body, EmailMessage, policy=policy.default))
                    self._say(writer, "250 kept")
                else:
                    self._say(
                        writer,
                        {"EHLO": "250-mailbox.test\r\n250 AUTH PLAIN", "AUTH": "235 welcome", "QUIT": "221 bye"}.get(
                            verb, "250 ok"
                        ),
                    )
        finally:
            writer.close()

    def _say(self, writer: asyncio.StreamWriter, line: str) -> None:
        writer.write(f"{line}\r\n".encode())


@asynccontextmanager
async def mailbox() -> AsyncIterator[Mailbox]:
    """A mailbox at `port` of 127.0.0.1."""
    box = Mailbox()
    async with await asyncio.start_server(box.talk, "127.0.0.1", 0) as server:
        box.port = server.sockets[0].getsockname()[1]
        yield box


@dataclass
class Hook:
    """What was posted. `status`: of the answers to come."""

    port: int = 0
    status: int = 204
    posted: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook/SECRET"

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request; a status of 0 hangs up."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().partition("content-length: ")[2].partition("\r\n")[0])
        body = await reader.readexactly(length)
        self.paths.append(head.split()[1])
        if self.status:
            writer.write(f"HTTP/1.1 {self.status} X\r\nContent-Length: 0\r\n\r\n".encode())
        if 200 <= self.status < 300:
            self.posted.append(json.loads(body))
        writer.close()


@asynccontextmanager
async def hook() -> AsyncIterator[Hook]:
    """A webhook on 127.0.0.1."""
    made = Hook()
    async with await asyncio.start_server(made.take, "127.0.0.1", 0) as server:
        made.port = server.sockets[0].getsockname()[1]
        yield made
