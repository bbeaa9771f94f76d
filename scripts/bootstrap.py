"""Make `.venv` ready with nothing but Python 3.11+: virtualenv, pinned packages, compiled translations.

    python3 scripts/bootstrap.py          what runs in production (requirements.txt)
    python3 scripts/bootstrap.py --dev    and what developers add (requirements-dev.txt)
    python3 scripts/bootstrap.py --s3     and what keeps files in a bucket (requirements-s3.txt)
    python3 scripts/bootstrap.py --sentry and what tells of errors (requirements-sentry.txt)

A second call finds the stamp of the same requirements and does nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PIP_INSTALL = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
UV_INSTALL = ("pip", "install", "--quiet", "--compile-bytecode", "--python", PYTHON, "--require-hashes")
OLDEST = (3, 11)

VENV_PACKAGE = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
NO_ENSUREPIP = f"""Python cannot make a virtualenv here: the module `ensurepip` is missing.
On Debian and Ubuntu install it with:  apt-get install {VENV_PACKAGE}
Or install `uv`, which needs neither. Then run the same command again."""


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run(*words: str | Path) -> None:
    done = subprocess.run([str(word) for word in words], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"This command failed ({done.returncode}): {' '.join(map(str, words))}")


def succeeds(*words: str | Path) -> bool:
    """Like `run`, for a way that has another one behind it: says nothing when it leads nowhere."""
    return subprocess.run([str(word) for word in words], cwd=ROOT, check=False, capture_output=True).returncode == 0


def stamp_of(requirements: Path) -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]} {hashlib.sha256(requirements.read_bytes()).hexdigest()}"


def is_installed(stamp: str, *, dev: bool) -> bool:
    """The developer's set holds the production set too, so its stamp satisfies both."""
    if not PYTHON.exists():
        return False
    stamps = [VENV / "dev.stamp"] if dev else [VENV / "run.stamp", VENV / "dev.stamp"]
    wanted = {stamp, stamp_of(requirements_file(dev=True))} if not dev else {stamp}
    return any(path.exists() and path.read_text() in wanted for path in stamps)


def requirements_file(*, dev: bool) -> Path:
    return ROOT / ("requirements-dev.txt" if dev else "requirements.txt")


def working_uv() -> str | None:
    """The uv on PATH, unless it is a shim that does not start."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return found
    return None


def has_ensurepip() -> bool:
    return subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0


def ensure_ensurepip() -> None:
    """Debian and Ubuntu keep it in a package of its own: fetched when we may, named when we may not."""
    if not has_ensurepip() and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing {VENV_PACKAGE} (once)")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", VENV_PACKAGE]):
            subprocess.run(["apt-get", "-qq", *words], env=env, stdout=subprocess.DEVNULL, input=b"", check=False)
    if not has_ensurepip():
        raise SystemExit(NO_ENSUREPIP)


def make_venv(uv: str | None) -> None:
    if PYTHON.exists():
        return
    if uv:
        run(uv, "venv", "--quiet", "--python", sys.executable, VENV)
    else:
        ensure_ensurepip()
        run(sys.executable, "-m", "venv", VENV)


def uv_from_venv() -> str | None:
    """uv brought in by pip: it installs the rest several times faster, and pip goes on without it."""
    if subprocess.run([*map(str, PIP_INSTALL), "uv"], cwd=ROOT, capture_output=True, check=False).returncode:
        return None
    found = VENV / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv")
    return str(found) if found.exists() else None


def install(requirements: Path, uv: str | None) -> None:
    """By uv; by pip where there is none, or where ours finds no way out: pip trusts the certificates of this machine."""
    ours = None if uv else uv_from_venv()
    if uv:
        run(uv, *UV_INSTALL, "-r", requirements)
    elif not (ours and succeeds(ours, *UV_INSTALL, "-r", requirements)):
        run(*PIP_INSTALL, "--require-hashes", "-r", requirements)


def main(words: list[str]) -> None:
    if sys.version_info < OLDEST:
        raise SystemExit(
            f"Mitra needs Python 3.11 or newer; this is {sys.version.split()[0]}. Set PYTHON=... for make."
        )
    dev = "--dev" in words
    requirements = requirements_file(dev=dev)
    stamp = stamp_of(requirements)
    if not is_installed(stamp, dev=dev):
        say(f"Installing {requirements.name} into .venv (once; a minute or less)")
        uv = working_uv()
        make_venv(uv)
        install(requirements, uv)
        (VENV / ("dev.stamp" if dev else "run.stamp")).write_text(stamp)
    for extra in ("s3", "sentry"):
        if f"--{extra}" in words:
            say(f"Installing requirements-{extra}.txt into .venv")
            install(ROOT / f"requirements-{extra}.txt", working_uv())
    run(PYTHON, ROOT / "scripts" / "compile_messages.py")


if __name__ == "__main__":
    main(sys.argv[1:])
