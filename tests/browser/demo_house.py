"""The demo season behind a web server of this process, for whoever looks at it or takes pictures of it.

Import this before anything of Django's: it chooses the database.
"""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.setdefault("MITRA_VAR", str(ROOT / "var" / "look")))
os.environ["DATABASE_URL"] = f"sqlite:///{VAR / 'season.sqlite3'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
os.environ |= {"MITRA_DEMO": "1", "MITRA_READ_DOTENV": "0", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}

import django

django.setup()
# ruff: noqa: E402

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import timezone

from crm.contracts.models import Contract, Party
from crm.influencers.models import Representation
from crm.portal.links import digest
from crm.portal.models import Link, PortalSession
from crm.portal.visits import COOKIE
from crm.team.models import Role, User
from tests import ready

HER_KEY = "l" * 43


def season() -> None:
    """The demo season, once; later looks go on with it."""
    VAR.mkdir(parents=True, exist_ok=True)
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    if not file.exists():
        ready.copy_to(file)
    call_command("migrate", verbosity=0)
    call_command("demo_season")


def stranger() -> Client:
    return Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")


def signed_in(role: Role) -> Client:
    client = stranger()
    client.force_login(User.objects.active().filter(role=role).earliest("pk"))
    return client


def visiting() -> tuple[Client, str]:
    """Whoever of the season has most to do, on her own page."""
    key, now = digest(HER_KEY), timezone.now()
    day = {"expires_at": now + dt.timedelta(days=1)}
    busy = Party.objects.exclude(influencer=None).filter(contract__kind=Contract.Kind.AMBASSADOR).earliest("pk")
    stands = Representation.objects.filter(influencer=busy.influencer).earliest("pk")
    PortalSession.objects.filter(key_sha256=key).delete()
    link = Link.objects.create(
        token_sha256=digest(f"{now}"), contact=stands.contact, influencer_ref=busy.influencer_id,
        brand_ref=busy.contract.brand_id, **day,
    )  # fmt: skip
    visit = PortalSession.objects.create(link=link, key_sha256=key, started_at=now, **day)
    client = stranger()
    client.cookies[COOKIE] = HER_KEY
    return client, f"/my/{visit.pk}/"


@contextmanager
def served() -> Iterator[str]:
    """The address under which the season answers meanwhile."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    yield f"http://127.0.0.1:{server.port}"
    connections.close_all()
