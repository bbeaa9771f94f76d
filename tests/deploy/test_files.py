"""The files in deploy/ say what the code understands: settings, commands, copied folders, limits and keys."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import load_command_class

from crm.config.logs import WithoutKeys
from tests.deploy.files import (
    COMPOSE,
    DEPLOY,
    OURS,
    ROOT,
    SERVICES,
    UNITS,
    commands,
    copied,
    pairs,
    set_pairs,
    steps,
    unit,
)

NOT_OURS = {"MITRA_HOST"}  # what compose.yaml puts into BASE_URL and ALLOWED_HOSTS, and Caddy into its name
PASSED = "System check identified no issues (1 silenced).\n"  # what settings.py silences says why there
OF_THE_IMAGE = {"PATH", "HOME", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


def known() -> set[str]:
    return set(pairs(ROOT / ".env.example"))


@pytest.mark.parametrize("name", ["mitra.env.example", "compose.env.example"])
def test_every_setting_an_example_names_is_one_of_mitra(name: str) -> None:
    assert set(pairs(DEPLOY / name)) - NOT_OURS - known() == set()


def test_every_setting_of_the_containers_is_one_of_mitra_or_names_its_file() -> None:
    for service in OURS.values():
        plain = {name.removesuffix("_FILE") if name not in known() else name for name in service["environment"]}
        assert plain - known() == set()
    in_image = {name for verb, words in steps() if verb == "ENV" for name in re.findall(r"\b([A-Z_]+)=", words)}
    assert {name for name in in_image if not name.startswith("PIP_")} - OF_THE_IMAGE - known() == set()


def test_every_command_exists_and_takes_its_words() -> None:
    for place, (name, *words) in commands().items():
        parser = load_command_class("crm", name).create_parser("manage.py", name)
        parser.parse_args(words)
        assert name in {"web", "worker", "beat", "prepare"}, place


def test_the_image_takes_in_tracked_things_alone_and_the_ignore_file_lets_just_these_through() -> None:
    for source in copied():
        tracked = subprocess.run(["git", "ls-files", source], cwd=ROOT, capture_output=True, text=True, check=True)
        assert tracked.stdout, source
    let_through = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert sorted(let_through) == sorted(copied())


def test_the_image_runs_as_nobody_else_could_and_asks_itself_whether_it_is_well() -> None:
    verbs = [verb for verb, _words in steps()]
    assert dict(steps())["USER"] == "10001:10001"
    assert verbs.index("USER") > max(place for place, verb in enumerate(verbs) if verb in ("RUN", "COPY"))
    assert verbs.count("HEALTHCHECK") == 1
    assert all("requirements-dev" not in words for _verb, words in steps())


def test_every_step_of_the_image_is_a_sentence_a_shell_understands() -> None:
    for verb, words in steps():
        if verb == "RUN":
            subprocess.run(["sh", "-n", "-c", words], check=True)


def test_every_container_reads_only_may_nothing_and_fills_no_disk_with_logs() -> None:
    for name, service in SERVICES.items():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name
    assert {name for name, service in SERVICES.items() if "cap_add" in service} == {"database", "proxy"}
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}


def test_what_the_containers_mount_and_wait_for_is_there() -> None:
    for service in SERVICES.values():
        mounted = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert {name for name in mounted if not name.startswith("./")} <= set(COMPOSE["volumes"])
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        for needed, how in service.get("depends_on", {}).items():
            tested = "healthcheck" in SERVICES[needed] or needed == "web"
            assert how["condition"] != "service_healthy" or tested, needed
    assert [name for name, service in SERVICES.items() if service["networks"] == ["inside"]] == ["database", "queue"]


def test_no_line_of_the_proxy_quotes_an_address_the_logs_of_mitra_keep_to_themselves() -> None:
    told = re.search(r"~\^\(\?<kept>/\(\?:([^)]+)\)/\)", (DEPLOY / "nginx.conf").read_text())
    mine = re.search(r"\(\?:([^)]+)\)", WithoutKeys.KEYS.pattern)
    assert told is not None
    assert mine is not None
    assert set(told[1].split("|")) == set(mine[1].split("|"))


def test_both_proxies_let_the_largest_video_through() -> None:
    nginx = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text())
    caddy = re.search(r"max_size (\d+)MB", (DEPLOY / "Caddyfile").read_text())
    assert nginx is not None
    assert caddy is not None
    largest = settings.UPLOAD_MAX_BYTES["video"]
    assert (int(nginx[1]) * 1024**2 > largest, int(caddy[1]) * 1000**2 > largest) == (True, True)


def test_every_unit_is_held_by_the_target_and_starts_after_the_database_is_ready() -> None:
    for path in UNITS:
        words = unit(path)
        assert words["Install"]["WantedBy"] == words["Unit"]["PartOf"] == "mitra.target"
        if path.stem != "mitra-prepare":
            assert words["Unit"]["Requires"] == "mitra-prepare.service"
            assert "mitra-prepare.service" in words["Unit"]["After"].split()
    wanted = unit(DEPLOY / "systemd" / "mitra.target")["Unit"]["Wants"].split()
    assert sorted([*wanted, "mitra-prepare.service"]) == [path.name for path in UNITS]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_reads_the_units_without_a_word(tmp_path: Path) -> None:
    """Their program alone stands elsewhere on this machine."""
    shutil.copytree(DEPLOY / "systemd", tmp_path, dirs_exist_ok=True)
    read = sorted([*tmp_path.glob("*.service"), *tmp_path.glob("*.target")])
    for path in read:
        path.write_text(path.read_text().replace("/srv/mitra/.venv/bin/python", sys.executable))
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *read],
        capture_output=True, text=True, check=False, env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )  # fmt: skip
    assert [line for line in said.stderr.splitlines() if str(tmp_path) in line] == []
    assert len(read) == len(UNITS) + 1


def as_production(tmp_path: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    plain = {"PATH": os.environ["PATH"], "MITRA_READ_DOTENV": "0", "MITRA_VAR": str(tmp_path / "var")}
    words = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(words, cwd=ROOT, env=env | plain, capture_output=True, text=True, check=False)


def test_the_server_s_example_passes_every_check_for_production(tmp_path: Path) -> None:
    env = set_pairs(DEPLOY / "mitra.env.example") | {"SECRET_KEY": "correct-horse-battery-staple-0123456789-ABCDEFGHIJ"}
    found = as_production(tmp_path, env)
    assert (found.returncode, found.stdout) == (0, PASSED), found.stderr


def test_the_containers_pass_them_too_with_every_secret_in_a_file(tmp_path: Path) -> None:
    secrets = {
        "secret_key": "correct-horse-battery-staple-0123456789-ABCDEFGHIJ\n",
        "database_url": "postgres://mitra:word@database:5432/mitra\n",
        "email_url": "smtp+tls://user:word@smtp.example.com:587\n",
    }
    for name, said in secrets.items():
        (tmp_path / name).write_text(said)
    env = set_pairs(DEPLOY / "compose.env.example")
    here = yaml.safe_dump(OURS["web"]["environment"]).replace("/run/secrets", str(tmp_path))
    env |= {
        name: re.sub(r"\$\{MITRA_HOST[^}]*\}", env["MITRA_HOST"], said) for name, said in yaml.safe_load(here).items()
    }
    found = as_production(tmp_path, env)
    assert (found.returncode, found.stdout) == (0, PASSED), found.stderr
