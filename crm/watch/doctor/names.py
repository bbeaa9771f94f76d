"""Asking the domain name system, for a few seconds and no longer."""

from dataclasses import dataclass
from typing import Any

import dns.exception
import dns.resolver

PATIENCE = 3.0


class CouldNotAsk(Exception):
    """Nobody answered: that says nothing about what stands there."""


@dataclass(frozen=True)
class Names:
    """One name server, or those of the machine: `127.0.0.1` or `127.0.0.1:5353`."""

    server: str = ""

    def texts(self, name: str) -> list[str]:
        """The TXT records of a name, each put together from its parts; empty when there are none.

        Raises CouldNotAsk when no server answers in time.
        """
        try:
            answer = self._resolver().resolve(name, "TXT", lifetime=PATIENCE, raise_on_no_answer=False)
        except dns.resolver.NXDOMAIN:
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise CouldNotAsk(type(error).__name__) from error
        rows: Any = answer.rrset or []
        return [b"".join(row.strings).decode("utf-8", "replace") for row in rows]

    def _resolver(self) -> dns.resolver.Resolver:
        if not self.server:
            return dns.resolver.Resolver()
        host, _, port = self.server.partition(":")
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = [host], int(port or 53)
        return resolver
