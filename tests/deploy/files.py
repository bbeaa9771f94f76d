"""What stands in deploy/, taken apart the way its readers take it apart."""

import configparser
import re
import shlex
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if str(service["image"]).startswith("mitra:")}


def pairs(path: Path) -> dict[str, str]:
    """NAME=value lines; with `# ` before them they are offers."""
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", path.read_text(), re.MULTILINE))


def set_pairs(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", path.read_text(), re.MULTILINE))


def unit(path: Path) -> configparser.ConfigParser:
    """A unit's last word on each name; enough for what is asked here."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path)
    return parser


def steps() -> list[tuple[str, str]]:
    """The Dockerfile's instructions and their words, lines joined, comments left out."""
    lines = [line for line in (DEPLOY / "Dockerfile").read_text().splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(verb, words) for verb, _, words in (line.partition(" ") for line in joined.splitlines()) if verb.isupper()]


def copied() -> list[str]:
    """What of this folder the image takes in."""
    words = [shlex.split(rest) for verb, rest in steps() if verb == "COPY"]
    return [source for line in words if not line[0].startswith("--from") for source in line[:-1]]


def commands() -> dict[str, list[str]]:
    """The words behind `manage.py` of every part, by where they stand."""
    started = {path.name: shlex.split(unit(path)["Service"]["ExecStart"])[2:] for path in UNITS}
    started |= {f"compose.yaml {name}": service["command"] for name, service in OURS.items()}
    return started | {"Dockerfile": yaml.safe_load(next(words for verb, words in steps() if verb == "CMD"))}
