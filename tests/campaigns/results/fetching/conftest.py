"""A platform on this machine: it answers what a test tells it to, and remembers what it was asked."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from campaigns.approvals.models import LivePost
from campaigns.results.fetching import instagram, youtube  # noqa: F401
from tests.factories import CollaborationFactory, FormatFactory, PlatformFactory
from tests.factories.results import a_live_post

VIDEO = "https://youtu.be/dQw4w9WgXcQ"
REEL = "https://www.instagram.com/reel/DGlow1/?igsh=x"


@dataclass
class Platform:
    """What it answers next; the last answer stays."""

    url: str = ""
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def says(self, status: int, body: str | bytes, pause: float = 0, **headers: str) -> None:
        self.status, self.pause = status, pause
        self.body = body.encode() if isinstance(body, str) else body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Answers(BaseHTTPRequestHandler):
    platform: Platform

    def do_GET(self) -> None:
        platform = self.platform
        platform.asked.append((self.path, {name.casefold(): value for name, value in self.headers.items()}))
        time.sleep(platform.pause)
        try:
            self.send_response(platform.status)
            for name, value in platform.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(platform.body)))
            self.end_headers()
            self.wfile.write(platform.body)
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def platform(settings: Any) -> Iterator[Platform]:
    made = Platform()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Mine", (Answers,), {"platform": made}))
    # It looks that often whether it is to end; twice a second, if nothing is said, and each test would wait for that.
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    settings.YOUTUBE_API_URL = settings.INSTAGRAM_API_URL = made.url
    settings.YOUTUBE_KEY, settings.INSTAGRAM_TOKEN, settings.INSTAGRAM_USER = "key-of-ours", "token-of-ours", "1789"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def video(organisation: Any) -> LivePost:
    """A video that went out ten days ago."""
    youtube_format = FormatFactory(code="video", platform=PlatformFactory(code="youtube"))
    return a_live_post(CollaborationFactory(), format=youtube_format, url=VIDEO)


@pytest.fixture
def posted(organisation: Any) -> LivePost:
    """A Reel of kirana.mahes that went out ten days ago."""
    reel = FormatFactory(platform=PlatformFactory(code="instagram"))
    return a_live_post(CollaborationFactory(), format=reel, url=REEL, handle="kirana.mahes")
