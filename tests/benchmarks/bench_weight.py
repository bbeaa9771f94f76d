"""What Mitra weighs and how long it takes to stand up, beside a Django with nothing in it.

    python -m tests.benchmarks.bench_weight [--rounds 3]

One web process of each, in turns: seconds to the first answer, and the memory it takes at rest (PSS: what several share is
divided among them). Then everything that `manage.py serve` starts, ready, weighed, and killed by its head alone: what of it is
still there some seconds later was left behind.
"""

import argparse
import contextlib
import http
import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from crm.config.serving.sink import free_port
from tests.benchmarks.watch import Line, Watch, table

ROOT = Path(__file__).resolve().parents[2]
MIB = 1024 * 1024
REST, PATIENCE = 3.0, 300.0
BARE, OURS = "tests.benchmarks.bare:application", "crm.config.wsgi:application"
READY_IN, AT_MOST = 5.0, 350.0


def processes(mark: str) -> list[int]:
    """Every living process that carries this folder in its environment or in its command line."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (process / "cmdline").read_bytes()
            if words and (mark.encode() in words or mark.encode() in (process / "environ").read_bytes()):
                found.append(int(process.name))
    return found


def pss(pids: list[int]) -> float:
    """MiB they take together."""
    kilobytes = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes * 1024 / MIB


def answers(port: int) -> bool:
    with contextlib.suppress(OSError, http.client.HTTPException):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        line.request("GET", "/healthz")
        return line.getresponse().status == http.HTTPStatus.OK
    return False


class NeverReady(Exception):
    """It gave up, or nobody waits any longer."""


def until_it_answers(port: int, process: subprocess.Popen[bytes]) -> float:
    began = time.perf_counter()
    while not answers(port):
        if process.poll() is not None or time.perf_counter() - began > PATIENCE:
            raise NeverReady(process.args)
        time.sleep(0.05)
    return time.perf_counter() - began


@contextlib.contextmanager
def started(words: list[str], folder: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    env = {**os.environ, "MITRA_VAR": folder, "MITRA_READ_DOTENV": "0", "MITRA_ALLOW_PLACEHOLDER": "1", **more}
    log = Path(folder, "said").open("wb")  # noqa: SIM115 - the process writes into it as long as it lives
    process = subprocess.Popen(words, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        log.close()


def web(watch: Watch, name: str, application: str, folder: str) -> None:
    """One gunicorn with one worker: to the first answer, and its weight after a rest."""
    port = free_port()
    words = [sys.executable, "-m", "gunicorn", "-w", "1", "-k", "gthread", "--threads", "8", "--no-control-socket"]
    with started([*words, "-b", f"127.0.0.1:{port}", application], folder) as process:
        watch.took[f"{name}: to the first answer"].append(until_it_answers(port, process))
        time.sleep(REST)
        watch.took[f"{name}: memory at rest"].append(pss(processes(f"127.0.0.1:{port}")))


def everything(folder: str) -> tuple[float, float, int]:
    """Seconds until `serve` answers on a database that is ready, MiB at rest, and what is left when its head is killed."""
    port = free_port()
    words = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with started(words, folder, MITRA_DEMO="0") as process:  # the first start makes the database
        until_it_answers(port, process)
    with started(words, folder, MITRA_DEMO="0") as process:
        took = until_it_answers(port, process)
        time.sleep(REST)
        weight = pss(processes(folder))
        process.kill()
        process.wait(10)
        time.sleep(REST)
        return took, weight, len(processes(folder))


def measure(rounds: int) -> list[Line]:
    watch = Watch()
    with tempfile.TemporaryDirectory(prefix="mitra-weight-", dir="/tmp") as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/weight.sqlite3"
        subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, check=True)
        for _number in range(rounds):
            web(watch, "a bare Django", BARE, folder)
            web(watch, "Mitra", OURS, folder)
        whole = of_everything(folder)
    return [
        watch.line("Mitra: memory at rest", "a bare Django: memory at rest", goal="G13", bound="<= 1.5", unit="MiB"),
        watch.line("Mitra: to the first answer", "a bare Django: to the first answer", goal="G13", bound="<= 2"),
        *whole,
    ]


def of_everything(folder: str) -> list[Line]:
    """Nothing where `serve` gave up, as it does after half a minute of a very busy machine; that is said."""
    try:
        ready, weight, left = everything(folder)
    except NeverReady:
        print("! G14 is not measured: `manage.py serve` did not come up in time.", flush=True)
        return []
    return [
        Line("G14", "everything with its broker, ready", "5 s", ready, READY_IN, [ready / READY_IN], None, "<= 1"),
        Line("G14", "everything at rest", "350 MiB", weight, AT_MOST, [weight / AT_MOST], None, "<= 1", "MiB"),
        Line("G14", "left when its head is killed", "none", left, 1, [left], None, "<= 0", ""),
    ]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=3)
    print(table("Weight", measure(asked.parse_args().rounds)))


if __name__ == "__main__":
    main()
