"""A small SMTP server on a real socket that keeps what it accepted and misbehaves on request.

`python -m tests.chaos.sink --port 2525 --log accepted.txt` runs it alone: one line with the Message-ID and the fault
for each message, written before the message is acknowledged.
"""

import argparse
import asyncio
import email
import email.policy
import random
import threading
from collections import deque
from email.message import EmailMessage
from pathlib import Path
from typing import BinaryIO

FAULTS = {
    "421": "says 421 to MAIL and hangs up",
    "451": "says 451 to RCPT",
    "550": "says 550 5.1.1 to RCPT",
    "554-policy": "says 554 5.7.1 to RCPT: about us, not about the mailbox",
    "554-data": "says 554 5.6.0 after the message",
    "450-data": "says 450 after the message",
    "hang-before-data": "never answers RCPT",
    "drop-before-data": "hangs up after RCPT",
    "hang-after-data": "takes the message and never answers",
    "drop-after-data": "takes the message and hangs up",
}
PASSING = ("421", "451", "450-data", "drop-before-data", "hang-before-data", "hang-after-data", "drop-after-data")
DOUBTFUL = ("hang-after-data", "drop-after-data")


class Sink:
    """Accepted messages and the faults still to come, one for each message; none means all is well."""

    def __init__(
        self,
        log: Path | None = None,
        keep: bool = True,
        delay: float = 0,
        fault_rate: float = 0,
        knows_keys: bool = False,
    ) -> None:
        self.accepted: list[bytes] = []
        self.recipients: list[str] = []
        self.faults: deque[str] = deque()
        self.connections = 0
        self.pipelining = True
        self.port = 0
        self._keep = keep
        self._delay = delay
        self._fault_rate = fault_rate
        self._keys: set[bytes] | None = set() if knows_keys else None
        self._log: BinaryIO | None = log.open("ab", buffering=0) if log else None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._server: asyncio.Server | None = None

    # ---- in a test ---------------------------------------------------------------------------------------------------
    def __enter__(self) -> "Sink":
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(5)
        return self

    def __exit__(self, *args: object) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread:
            self._thread.join(5)

    def _run(self, ready: threading.Event) -> None:
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(self.listen("127.0.0.1", 0))
        ready.set()
        self._loop.run_forever()
        assert self._server is not None
        self._server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.close()

    @property
    def messages(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.accepted]  # type: ignore[misc]

    # ---- the protocol ------------------------------------------------------------------------------------------------
    async def listen(self, host: str, port: int) -> None:
        self._server = await asyncio.start_server(self._converse, host, port, limit=1 << 22)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation, until an answer is empty (hang up) or None (never answer)."""
        fault, greeted = "", False
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"MAIL":
                fault = self.faults.popleft() if self.faults else self._by_chance()
            greeted = greeted or verb in (b"EHLO", b"HELO")
            answer = await self._answer(verb, line, fault, reader, writer) if greeted else b"503 say hello first\r\n"
            if answer is None:
                await asyncio.sleep(3600)
            writer.write(answer or b"")
            if not answer or answer.startswith((b"421", b"221")):
                await writer.drain()
                break

    def _by_chance(self) -> str:
        return random.choice(PASSING) if random.random() < self._fault_rate else ""

    async def _answer(
        self, verb: bytes, line: bytes, fault: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bytes | None:
        if verb == b"MAIL" and fault == "421":
            return b"421 4.3.2 closing for a while\r\n"
        if verb == b"RCPT":
            return self._to_recipient(fault, line)
        if verb == b"DATA":
            writer.write(b"354 go on\r\n")
            raw = await reader.readuntil(b"\r\n.\r\n")
            await asyncio.sleep(self._delay)
            return self._to_message(fault, raw)
        if verb == b"EHLO":
            return b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n" if self.pipelining else b"250 sink\r\n"
        return b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n"

    def _to_recipient(self, fault: str, line: bytes) -> bytes | None:
        """The answer to RCPT; None hangs, empty hangs up."""
        if fault == "hang-before-data":
            return None
        if fault == "drop-before-data":
            return b""
        refusals = {
            "451": b"451 4.3.0 try later\r\n",
            "550": b"550 5.1.1 no such user here\r\n",
            "554-policy": b"554 5.7.1 your server is not welcome\r\n",
        }
        self.recipients.append(line.decode().partition("<")[2].partition(">")[0])
        return refusals.get(fault, b"250 ok\r\n")

    def _to_message(self, fault: str, raw: bytes) -> bytes | None:
        """The answer to the message; it counts as accepted unless the answer is a refusal."""
        refusals = {"554-data": b"554 5.6.0 not like this\r\n", "450-data": b"450 4.2.0 busy\r\n"}
        if fault in refusals:
            return refusals[fault]
        if self._is_known(raw):
            return b"250 known already\r\n"
        if self._keep:
            self.accepted.append(raw[:-3])
        if self._log:
            self._log.write(message_id(raw) + b" " + (fault or "ok").encode() + b"\n")
        return {"hang-after-data": None, "drop-after-data": b""}.get(fault, b"250 taken\r\n")

    def _is_known(self, raw: bytes) -> bool:
        """A provider that keeps keys takes the same one again and delivers nothing."""
        if self._keys is None:
            return False
        key = header(raw, b"idempotency-key")
        is_known = key in self._keys
        self._keys.add(key)
        return is_known


def message_id(raw: bytes) -> bytes:
    return header(raw, b"message-id")


def header(raw: bytes, name: bytes) -> bytes:
    """One unfolded header of a raw message, without parsing the rest."""
    head = b"\r\n" + raw.partition(b"\r\n\r\n")[0]
    start = head.lower().find(b"\r\n" + name + b":")
    return head[start + len(name) + 3 :].partition(b"\r\n")[0].strip() if start >= 0 else b""


async def serve(host: str, port: int, log: Path | None, delay: float, fault_rate: float, knows_keys: bool) -> None:
    sink = Sink(log, keep=False, delay=delay, fault_rate=fault_rate, knows_keys=knows_keys)
    await sink.listen(host, port)
    print(sink.port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--host", default="127.0.0.1")
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--log", type=Path)
    asked.add_argument("--delay", type=float, default=0, help="seconds between a message and its answer")
    asked.add_argument("--fault-rate", type=float, default=0, help="share of messages that meet a passing fault")
    asked.add_argument("--knows-keys", action="store_true", help="deliver a message with a known key only once")
    words = asked.parse_args()
    asyncio.run(serve(words.host, words.port, words.log, words.delay, words.fault_rate, words.knows_keys))
