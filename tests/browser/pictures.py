"""Takes the pictures of README and the guide from a season that always begins on the same morning: `make pictures`.

They lie in docs/img/, in a palette of a hundred colours and at most 60 kB each (tests/test_docs.py). A new one is a line
of PICTURES.
"""

import argparse
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass

import time_machine

from tests.browser.demo_house import (  # first: it chooses the database
    HER_KEY,
    ROOT,
    season,
    served,
    signed_in,
    visiting,
)

# isort: split
from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from campaigns.approvals.models import ContentVersion
from campaigns.planning.models import Campaign
from campaigns.samples.models import SampleRequest
from crm.ambassadors.models import AmbassadorDeal
from crm.contracts.models import Contract
from crm.exclusivity.models import Finding
from crm.intake.models import Intake
from crm.portal.visits import COOKIE
from crm.reminders.models import Reminder
from crm.team.models import Role, User
from tests.browser.conftest import CHROMIUM, FLAGS

MORNING = dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC)  # Tuesday, 9.30 WIB
FOLDER = ROOT / "docs" / "img"
COLOURS = 96
DESK, PHONE = (1200, 750), (390, 780)


def first(name: str, rows: object, *more: object) -> str:
    return reverse(name, args=[rows.earliest("pk").pk, *more])  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Picture:
    """One page as one role sees it; `below` scrolls to the heading that begins so."""

    path: Callable[[], str]
    role: Role = Role.COORDINATOR
    size: tuple[int, int] = DESK
    below: str = ""


def campaign() -> str:
    return first("campaign", Campaign.objects.filter(name="Kulit Tropis"))


def most_reminded() -> int:
    about = Reminder.objects.exclude(influencer_ref=None).values("influencer_ref").annotate(many=Count("pk"))
    return int(about.latest("many")["influencer_ref"])


PICTURES = {
    "today": Picture(lambda: reverse("today")),
    "import": Picture(lambda: first("intake", Intake.objects.all())),
    "people": Picture(lambda: reverse("people")),
    "board": Picture(campaign),
    "shortlist": Picture(lambda: f"{campaign()}shortlist/"),
    "refusal": Picture(lambda: first("finding", Finding.objects.all())),
    "contract": Picture(lambda: first("contract", Contract.objects.filter(title__startswith="Kulit Tropis"))),
    "her-page": Picture(lambda: "her", size=PHONE),
    "parcel": Picture(lambda: first("sample", SampleRequest.objects.filter(shipments__status="in_transit"))),
    "review": Picture(lambda: first("review", ContentVersion.objects.filter(number=2))),
    "ambassador": Picture(lambda: first("ambassador-deal", AmbassadorDeal.objects.all())),
    "report": Picture(
        lambda: first("campaign-report", Campaign.objects.filter(name="Kemerdekaan 81")), role=Role.MANAGER
    ),
    "money": Picture(lambda: reverse("payments"), role=Role.FINANCE),
    "why": Picture(lambda: f"{reverse('outbox-why')}?person={most_reminded()}"),
}


def taken(browser: Browser, home: str, picture: Picture) -> bytes:
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    path = picture.path()
    if path == "her":
        client, path = visiting()
        name, value = COOKIE, HER_KEY
    else:
        client = signed_in(picture.role)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
    cookies = {name: value, "theme": "light"}
    context.add_cookies([{"name": key, "value": said, "url": home} for key, said in cookies.items()])
    page = context.new_page()
    page.goto(home + path)
    page.wait_for_load_state("networkidle")
    if picture.below:
        page.get_by_role("heading", name=picture.below).first.scroll_into_view_if_needed()
    shot: bytes = page.screenshot()
    context.close()
    return shot


def small(shot: bytes) -> Image.Image:
    with Image.open(io.BytesIO(shot)) as picture:
        return picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def main() -> None:
    words = argparse.ArgumentParser(description="Takes the pictures of README and the guide.")
    words.add_argument("names", nargs="*", help="only these")
    asked = words.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with time_machine.travel(MORNING, tick=True):
        season()
        User.objects.update(language="en")  # the demo's colleagues read two languages, the guide one
        with served() as home, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name in asked.names or PICTURES:
                file = FOLDER / f"{name}.png"
                small(taken(browser, home, PICTURES[name])).save(file, optimize=True)
                print(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1000:.0f} kB", flush=True)
            browser.close()


if __name__ == "__main__":
    main()
