"""The pages files of other kinds share, walked through as a coordinator does."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.base.models import Organisation
from crm.base.seeding import lay_all
from crm.brands.models import BrandAccess
from crm.intake.models import Intake
from crm.team.models import Role, User
from tests.factories import BrandFactory, CampaignFactory, SocialAccountFactory, UserFactory

pytestmark = pytest.mark.django_db
SHEET = (
    "Akun IG;Campaign;SOW;Tgl posting;Status\n@kirana;Glow;1 reel;4 Des 2026;deal\n@baru;Glow;1 reel;4 Des 2026;deal\n"
)


@pytest.fixture(autouse=True)
def house(organisation: Organisation, client: Client, coordinator: User) -> None:
    lay_all()
    SocialAccountFactory(handle="kirana", platform__code="instagram")
    CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator)
    client.force_login(coordinator)


@pytest.fixture
def brought(client: Client) -> Intake:
    file = SimpleUploadedFile("work.csv", SHEET.encode())
    client.post(reverse("intake-new", args=["running"]), {"file": file})
    run = Intake.objects.get()
    fields = {f"column_{at}": target for at, target in enumerate(run.columns["targets"])}
    client.post(reverse("intake-columns", args=[run.pk]), {**fields, "platform": "instagram"})
    run.refresh_from_db()
    return run


def post(client: Client, name: str, run: Intake, *args: str) -> str:
    answer = client.post(reverse(name, args=[run.pk, *args]), follow=True)
    run.refresh_from_db()
    return str(answer.content.decode())


def test_the_import_asks_what_somebody_brings(client: Client) -> None:
    page = client.get(reverse("import-new")).content.decode()
    assert "What do you bring?" in page
    assert [kind in page for kind in ("Running collaborations", "Monthly numbers")] == [True, True]


def test_a_file_is_read_rehearsed_imported_and_taken_back(
    client: Client, brought: Intake, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    assert brought.status == "rehearsed"
    page = client.get(reverse("intake", args=[brought.pk])).content.decode()
    assert "1 person is not known yet." in page
    assert "Writes 1 line. Leaves 1 line out." in page
    assert "Writes 2 lines." in post(client, "intake-accept", brought, "create_people")
    with django_capture_on_commit_callbacks(execute=True):
        post(client, "intake-confirm", brought)
    page = client.get(reverse("intake", args=[brought.pk])).content.decode()
    brought.refresh_from_db()
    assert brought.status == "done"
    assert "Reminders are off for 2 collaborations" in page
    assert "Reminders are on for 2 collaborations." in post(client, "imported-remind", brought)
    with django_capture_on_commit_callbacks(execute=True):
        post(client, "intake-take-back", brought)
    page = client.get(reverse("intake", args=[brought.pk])).content.decode()
    brought.refresh_from_db()
    assert brought.status == "taken_back"
    assert "2 lines stay, because somebody has worked on them since." in page


def test_rows_left_out_are_handed_back_to_be_corrected(client: Client, brought: Intake) -> None:
    answer = client.get(reverse("intake-trouble", args=[brought.pk]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 2
    assert "Nobody has this account or name yet." in lines[1]


def test_what_was_typed_stays_when_columns_are_wrong(client: Client, brought: Intake) -> None:
    fields = {f"column_{at}": "note" for at in range(5)}
    answer = client.post(
        reverse("intake-columns", args=[brought.pk]),
        {**fields, "platform": "tiktok", "new_campaign": "Ramadan"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No column says who it is." in page
    assert "Whose campaign is the new one?" in page
    assert 'value="Ramadan"' in page
    assert brought.lines.count() == 2


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"])
def test_a_file_that_cannot_be_read_is_refused_in_words(client: Client, data: bytes) -> None:
    file = SimpleUploadedFile("work.csv", data)
    answer = client.post(reverse("intake-new", args=["running"]), {"file": file})
    assert (answer.status_code, Intake.objects.count()) == (422, 0)


def test_a_discarded_file_is_gone(client: Client, brought: Intake) -> None:
    assert "discarded; nothing was written" in post(client, "intake-discard", brought)
    assert (brought.status, brought.lines.count()) == ("discarded", 0)


def test_a_step_that_comes_too_late_is_told(client: Client, brought: Intake) -> None:
    assert "cannot go from" in post(client, "intake-take-back", brought)
    assert brought.status == "rehearsed"


def test_a_file_with_work_of_brands_is_behind_the_wall(client: Client, brought: Intake) -> None:
    Organisation.objects.update(brand_walls=True)
    other = UserFactory(role=Role.COORDINATOR)
    BrandAccess.objects.create(user=other, brand=BrandFactory(name="Solis"))
    client.force_login(other)
    assert client.get(reverse("intake", args=[brought.pk])).status_code == 404
    assert b"work.csv" not in client.get(reverse("intakes", args=["running"])).content


def test_a_kind_nobody_brings_is_not_found(client: Client) -> None:
    assert client.get(reverse("intakes", args=["nonsense"])).status_code == 404


def test_a_list_of_three_runs_costs_what_one_does(client: Client, coordinator: User, brought: Intake) -> None:
    address = reverse("intakes", args=["running"])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(2):
        Intake.objects.create(kind="running", file="x", file_name=f"{number}.csv", started_by=UserFactory())
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert (len(one), len(three)) == (5, 5)
