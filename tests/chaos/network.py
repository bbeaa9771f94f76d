"""Hosts on one machine: network namespaces on a bridge that stands in a namespace of its own.

Nothing of it reaches the machine's network: there is no way out of the switch. Needs root and `ip`. Every host dies with
all its processes when the network is taken down, also after ^C; what a killed run left standing the next one sweeps away.
"""

import contextlib
import json
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.test_services import where_root_looks

NAMES = "mitra-{owner}-{name}"
NET = "10.77.0"


def why_not() -> str | None:
    """What is missing for hosts of our own, in a word."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    tools = ("ip", "nsenter", "setpriv")
    return next((f"{tool} is not installed" for tool in tools if where_root_looks(tool) is None), None) or refused()


def refused() -> str | None:
    """A container may be root and still not be allowed to."""
    name = NAMES.format(owner=os.getpid(), name="try")
    tried = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True, check=False)
    subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)
    return f"no network namespaces here: {tried.stderr.strip()}" if tried.returncode else None


def ip(*words: str) -> str:
    return subprocess.run(["ip", *words], capture_output=True, text=True, check=True).stdout


@dataclass
class Host:
    """One machine: an address, a plug in the switch, and processes."""

    namespace: str
    address: str
    switch: str
    plug: str

    def enter(self, user: str | None = None, by: signal.Signals = signal.SIGQUIT) -> list[str]:
        """Words that start a program here; as another user it still ends with whoever started it."""
        words = ["nsenter", f"--net=/run/netns/{self.namespace}", "--"]
        if user is None:
            return words
        group = pwd.getpwnam(user).pw_gid
        return [
            *words,
            "setpriv",
            f"--reuid={user}",
            f"--regid={group}",
            "--clear-groups",
            f"--pdeathsig={by.name[3:]}",
        ]

    def pids(self) -> list[int]:
        return [int(pid) for pid in ip("netns", "pids", self.namespace).split()]

    def unplug(self) -> None:
        """From now on whatever is sent here, or from here, is lost without a word."""
        ip("-n", self.switch, "link", "set", self.plug, "down")

    def plug_in(self) -> None:
        ip("-n", self.switch, "link", "set", self.plug, "up")

    def die(self) -> None:
        """The power goes: nobody hears a word more, and every process is gone."""
        self.unplug()
        self.end()

    def end(self) -> None:
        while pids := self.pids():
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.02)


class Network:
    """A switch and the hosts plugged into it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.switch = self.named("switch")
        self.hosts: list[Host] = []
        ip("netns", "add", self.switch)
        ip("-n", self.switch, "link", "add", "bridge", "type", "bridge")
        ip("-n", self.switch, "link", "set", "bridge", "up")

    def named(self, name: str) -> str:
        return NAMES.format(owner=self.owner, name=name)

    def host(self, name: str) -> Host:
        """A new machine that knows where its neighbours are, and they know it."""
        number = len(self.hosts) + 2
        made = Host(self.named(name), f"{NET}.{number}", self.switch, f"plug{number}")
        ip("netns", "add", made.namespace)
        ends = ["eth0", "netns", made.namespace, "type", "veth", "peer", "name", made.plug, "netns", self.switch]
        ip("link", "add", *ends)
        ip("-n", made.namespace, "address", "add", f"{made.address}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            ip("-n", made.namespace, "link", "set", device, "up")
        ip("-n", self.switch, "link", "set", made.plug, "master", "bridge", "up")
        for other in self.hosts:
            introduce(made, other)
            introduce(other, made)
        self.hosts.append(made)
        return made

    def take_down(self) -> None:
        for host in self.hosts:
            host.end()
        for name in [*(host.namespace for host in self.hosts), self.switch]:
            subprocess.run(["ip", "netns", "delete", name], check=False)


def introduce(host: Host, other: Host) -> None:
    """Write down whose card has this address: a cut link is then silence, where asking for it would soon be refused."""
    found: list[dict[str, Any]] = json.loads(ip("-n", other.namespace, "-json", "link", "show", "eth0"))
    card = found[0]["address"]
    ip("-n", host.namespace, "neigh", "replace", other.address, "lladdr", card, "dev", "eth0", "nud", "permanent")


@contextlib.contextmanager
def network() -> Iterator[Network]:
    """Hosts can be added until the block ends."""
    sweep()
    made = Network()
    try:
        yield made
    finally:
        made.take_down()


def sweep() -> None:
    """Namespaces whose run was killed before it could tidy up."""
    for line in ip("netns", "list").splitlines():
        name = line.split()[0]
        brand, _, rest = name.partition("-")
        owner = rest.partition("-")[0]
        if brand == "mitra" and owner.isdigit() and not Path(f"/proc/{owner}").exists():
            Host(name, "", "", "").end()
            ip("netns", "delete", name)
