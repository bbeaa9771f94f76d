"""Every vendored file is the one the manifest names, and nothing else lies beside them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
OURS = {"manifest.json", "README.md"}


def differences(vendor: Path = VENDOR) -> list[str]:
    listed: dict[str, str] = {}
    for package in json.loads((vendor / "manifest.json").read_text()):
        listed |= {f"{package['folder']}/{name}": digest for name, digest in package["files"].items()}
    found = {
        str(path.relative_to(vendor)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name not in OURS
    }
    missing = [f"{name}: in the manifest, not in static/vendor" for name in listed.keys() - found.keys()]
    strange = [f"{name}: in static/vendor, not in the manifest" for name in found.keys() - listed.keys()]
    changed = [
        f"{name}: not the file the manifest names" for name in listed.keys() & found if listed[name] != found[name]
    ]
    return sorted(missing + strange + changed)


if __name__ == "__main__":
    wrong = differences()
    print("\n".join(wrong) or "Every vendored file is as the manifest says.")
    raise SystemExit(bool(wrong))
