"""One settings file, every value from the environment, and no start in production with a placeholder secret."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
SOURCES = ["crm/config/settings.py", "crm/config/keeping.py", "crm/config/serving/parts.py"]
READ = re.compile(r'(?:\benv\.\w+|os\.environ\.get)\(\s*"([A-Z_]+)"')
LISTED = re.compile(r"^(?:# )?([A-Z_]+)=(.*)$", re.MULTILINE)
DEFAULT = re.compile(r'env\.(?:str|int|float|bool)\("([A-Z_]+)", default=("[^"]*"|[\w.]+)\)')


def started(tmp_path: Path, code: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The settings as a fresh process sees them, outside of any test run."""
    plain = {"PATH": os.environ["PATH"], "MITRA_READ_DOTENV": "0", "MITRA_VAR": str(tmp_path)}
    argv = [sys.executable, "-c", f"from crm.config import settings; {code}"]
    return subprocess.run(argv, cwd=ROOT, env=plain | env, capture_output=True, text=True, check=False)


def test_every_setting_is_listed_in_the_example_and_no_other() -> None:
    read = {name for source in SOURCES for name in READ.findall((ROOT / source).read_text())}
    listed = {name for name, _value in LISTED.findall((ROOT / ".env.example").read_text())}
    assert listed == read


def test_the_example_names_the_defaults_the_code_has() -> None:
    listed = dict(LISTED.findall((ROOT / ".env.example").read_text()))
    in_code = {name: value.strip('"') for name, value in DEFAULT.findall((ROOT / SOURCES[0]).read_text())}
    without = {"SECRET_KEY", "EMAIL_URL"}  # no default of theirs is one to copy
    told = {name: listed[name].lower() for name in in_code.keys() - without if in_code[name]}
    expected = {name: in_code[name].lower().removesuffix(".0") for name in told}
    assert told == expected


def test_production_refuses_the_placeholder_secret_and_says_what_to_do(tmp_path: Path) -> None:
    answer = started(tmp_path, "print('started')")
    assert answer.returncode == 1
    assert "SECRET_KEY is not set. Put a long random value in the environment or in .env" in answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize("env", [{"SECRET_KEY": "x" * 50}, {"MITRA_DEMO": "1"}, {"MITRA_DEBUG": "1"}])
def test_a_secret_or_a_try_out_starts(tmp_path: Path, env: dict[str, str]) -> None:
    answer = started(tmp_path, "print('started')", **env)
    assert (answer.stdout, answer.returncode) == ("started\n", 0)


def test_a_demo_refuses_an_address_that_strangers_can_reach(tmp_path: Path) -> None:
    answer = started(tmp_path, "print('started')", MITRA_DEMO="1", BASE_URL="https://mitra.example")
    assert answer.returncode == 1
    assert "A demo lets everybody in without a password" in answer.stderr


def test_https_makes_cookies_and_headers_strict(tmp_path: Path) -> None:
    code = "print([settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT])"
    for address, strict in (("https://mitra.example", True), ("http://127.0.0.1:8000", False)):
        answer = started(tmp_path, code, SECRET_KEY="x" * 50, BASE_URL=address)
        assert answer.stdout == f"[{strict}, {strict}, {strict}]\n"


def test_the_addresses_of_services_are_read_from_the_environment(tmp_path: Path) -> None:
    answer = started(
        tmp_path,
        "print(settings.DATABASE['HOST'], settings.CELERY_BROKER_URL, settings.EMAIL_HOST, settings.EMAIL_USE_TLS)",
        SECRET_KEY="x" * 50,
        DATABASE_URL="postgres://mitra:pw@db.example/mitra",
        REDIS_URL="redis://redis.example/0",
        EMAIL_URL="smtp+tls://u:p@smtp.example:587",
    )
    assert answer.stdout == "db.example redis://redis.example/0 smtp.example True\n"


def test_every_setting_may_stand_in_a_file_without_its_line_break(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x" * 50 + "\n")
    (tmp_path / "database").write_text("postgres://mitra:pw@db.example/mitra\n")
    files = {"SECRET_KEY_FILE": str(tmp_path / "secret"), "DATABASE_URL_FILE": str(tmp_path / "database")}
    answer = started(tmp_path, "print(len(settings.SECRET_KEY), settings.DATABASE['NAME'])", **files)
    assert answer.stdout == "50 mitra\n"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    answer = started(tmp_path, "print('started')", SECRET_KEY_FILE=str(tmp_path / "nowhere"))
    assert answer.returncode == 1
    assert "SECRET_KEY_FILE names a file that cannot be read: [Errno 2] No such file" in answer.stderr


def test_behind_a_proxy_sign_ins_are_counted_by_who_asks_and_not_by_the_proxy(tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from django.test import RequestFactory as R; "
        "from allauth.account.adapter import get_adapter; "
        "asked = R().get('/', headers={'X-Forwarded-For': '198.51.100.1, 203.0.113.9'}); "
        "print(get_adapter().get_client_ip(asked))"
    )
    for proxy, seen in (("true", "203.0.113.9"), ("false", "127.0.0.1")):
        env = {"SECRET_KEY": "x" * 50, "BEHIND_PROXY": proxy, "DJANGO_SETTINGS_MODULE": "crm.config.settings"}
        assert started(tmp_path, code, **env).stdout == f"{seen}\n"


def test_both_ends_of_a_line_to_postgresql_notice_within_a_minute_that_the_other_is_gone(tmp_path: Path) -> None:
    code = "o = settings.DATABASE['OPTIONS']; print(o['connect_timeout'], o['keepalives_idle'], o['options'])"
    plain = {"SECRET_KEY": "x" * 50, "DATABASE_URL": "postgres://mitra:pw@db.example/mitra"}
    seconds = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
    assert started(tmp_path, code, **plain).stdout == f"5 30 {seconds} -c tcp_user_timeout=30000\n"
    own = plain | {"DATABASE_URL": plain["DATABASE_URL"] + "?connect_timeout=2&options=-c%20work_mem=8MB"}
    assert started(tmp_path, code, **own).stdout == "2 30 -c work_mem=8MB\n"


def test_sqlite_waits_writes_ahead_and_never_loses_a_commit(tmp_path: Path) -> None:
    answer = started(tmp_path, "print(settings.DATABASE['OPTIONS'])", SECRET_KEY="x" * 50)
    assert answer.stdout == (
        "{'timeout': 20, 'transaction_mode': 'IMMEDIATE', "
        "'init_command': 'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;'}\n"
    )


@pytest.mark.django_db
def test_the_tests_run_with_foreign_keys_on() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_no_page_needs_redis() -> None:
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"


def test_the_queue_gives_up_ringing_quickly_and_keeps_no_results() -> None:
    assert settings.CELERY_TASK_IGNORE_RESULT is True
    assert settings.CELERY_TASK_PUBLISH_RETRY is False
    assert settings.CELERY_TASK_ACKS_LATE is True
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'self'"]
    allowed = {word for words in directives.values() for word in words}
    assert allowed == {"'self'", "'none'", "data:"}
