"""nginx with the site of deploy/, started for real: what it passes on, and what it never writes down."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crm.config.serving.children import spawn, stop
from scripts.test_services import free_port, wait_until
from tests.deploy.files import DEPLOY
from tests.deploy.proxies import NAME, NGINX, Answer, ask, behind, certificate

pytestmark = [pytest.mark.integration, pytest.mark.skipif(NGINX is None, reason="nginx is not installed")]
KEY = "k3yThatOpensHerPage0123456789abcdefghijklmn"
AROUND = """{user}
daemon off;
pid {folder}/pid;
error_log {folder}/start.log;
events {{ worker_connections 64; }}
http {{
    client_body_temp_path {folder}/in;
    proxy_temp_path {folder}/out;
    fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
    include {folder}/site;
}}
"""


@dataclass
class Site:
    """The site of deploy/ on ports and in a folder of this test."""

    folder: Path
    port: int

    def logs(self) -> str:
        return "".join((self.folder / name).read_text() for name in ("mitra.log", "mitra.error.log", "start.log"))

    def ask(self, path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Answer:
        return ask(self.port, path, headers, body)


def written(folder: Path, port: int, web: int) -> list[str]:
    """Nothing but paths and ports differs from what a server gets; the command that starts it."""
    plain = free_port()
    moved = {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "    listen [::]:80;\n": "",
        "127.0.0.1:8000": f"127.0.0.1:{web}",
        f"/etc/letsencrypt/live/{NAME}": str(folder),
        "/var/log/nginx": str(folder),
    }
    site = (DEPLOY / "nginx.conf").read_text()
    for there, here in moved.items():
        assert there in site, there
        site = site.replace(there, here)
    (folder / "site").write_text(site)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    certificate(folder)
    return [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    with behind() as web:
        words = written(folder, port, web)
        tried = subprocess.run([*words, "-t"], capture_output=True, text=True, check=False)
        assert (tried.returncode, "[warn]" in tried.stderr) == (0, False), tried.stderr
        server = spawn(words)
        try:
            wait_until(lambda: (folder / "pid").exists(), "nginx")
            yield Site(folder, port)
        finally:
            stop([server], within=5)


def test_mitra_hears_who_asks_and_how_and_not_what_he_claims(site: Site) -> None:
    answer = site.ask("/", {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "X-Request-ID": "mine"})
    heard = dict(line.split(": ", 1) for line in answer.body.strip().splitlines())
    assert (heard["X-Forwarded-For"], heard["X-Forwarded-Proto"], heard["Host"]) == ("127.0.0.1", "https", NAME)
    assert heard["X-Request-ID"] != "mine"


def test_headers_of_safety_come_once_and_the_version_of_nginx_not_at_all(site: Site) -> None:
    answer = site.ask("/")
    assert answer.headers.get_all("X-Frame-Options") == ["SAMEORIGIN"]
    assert answer.headers.get_all("Server") == ["nginx"]


@pytest.mark.parametrize("path", ["p", "v", "r", "join", "news", "calendar", "accounts/password/reset"])
def test_a_private_address_is_nowhere_written_down(site: Site, path: str) -> None:
    site.ask(f"/{path}/{KEY}/")
    site.ask("/static/app.css", {"Referer": f"https://{NAME}/{path}/{KEY}/"})
    site.ask(f"/?next=/{path}/{KEY}/")
    wait_until(lambda: f'"GET /{path}/..." 200' in site.logs(), "The line of the log", seconds=5)
    assert KEY not in site.logs()


def test_a_dead_web_server_is_a_502_and_quotes_no_private_address(tmp_path: Path) -> None:
    port = free_port()
    server = spawn(written(tmp_path, port, free_port()))
    dead = Site(tmp_path, port)
    try:
        wait_until(lambda: (tmp_path / "pid").exists(), "nginx")
        assert dead.ask(f"/p/{KEY}/").status == 502
        wait_until(lambda: '"GET /p/..." 502' in dead.logs(), "The line of the log", seconds=5)
        assert KEY not in dead.logs()
    finally:
        stop([server], within=5)


def test_a_file_no_proxy_should_take_is_refused_before_it_is_sent(site: Site) -> None:
    assert site.ask("/", {"Content-Length": str(331 * 1024**2)}, b"").status == 413
