"""On her own page she tells of work for others: it is kept as told, and her owner is asked to make sure."""

import datetime as dt

import pytest
from django.test import Client

from crm.exclusivity.models import OutsideDeal
from crm.influencers.models import Influencer
from crm.reminders.models import Todo
from crm.team.models import User
from tests.crm.portal.test_pages import _clock, address, brand, enter, kirana  # noqa: F401
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(client: Client, address: str, kirana: Influencer, coordinator: User) -> str:  # noqa: F811
    Influencer.objects.filter(pk=kirana.pk).update(owner=coordinator)
    return f"{enter(client, address)}elsewhere/{kirana.pk}/elsewhere/"


def test_it_is_kept_as_told_and_her_owner_has_a_task(
    client: Client, form: str, kirana: Influencer, coordinator: User  # noqa: F811
) -> None:  # fmt: skip
    assert client.get(form).status_code == 200
    sent = {"brand_name": " Senja  Glow ", "end_on": "2027-01-31", "is_exclusive": "on", "as_said": "Skincare ya Kak"}
    assert client.post(form, sent).status_code == 302
    deal = OutsideDeal.objects.get()
    assert (deal.brand_name, deal.end_on, deal.is_exclusive, deal.source, deal.is_confirmed, deal.as_said) == (
        "Senja Glow", dt.date(2027, 1, 31), True, "declared", False, "Skincare ya Kak",
    )  # fmt: skip
    todo = Todo.objects.get(key=f"outside-deal:{deal.pk}")
    assert (todo.owner, todo.influencer_ref, todo.quote, todo.kind) == (
        coordinator,
        kirana.pk,
        "Skincare ya Kak",
        "check",
    )


def test_a_double_click_tells_it_once(client: Client, form: str) -> None:
    for _time in range(2):
        assert client.post(form, {"brand_name": "Senja Glow"}).status_code == 302
    assert (OutsideDeal.objects.count(), Todo.objects.count()) == (1, 1)


def test_confirmed_by_a_colleague_the_task_is_settled(
    client: Client, as_coordinator: Client, form: str, kirana: Influencer  # noqa: F811
) -> None:  # fmt: skip
    client.post(form, {"brand_name": "Senja Glow"})
    deal = OutsideDeal.objects.get()
    as_coordinator.post(f"/people/{kirana.pk}/elsewhere/{deal.pk}/confirm/")
    assert Todo.objects.open().count() == 0


def test_a_brand_on_file_is_known_and_her_page_never_names_it_to_another(
    client: Client, form: str, address: str  # noqa: F811
) -> None:  # fmt: skip
    senja = BrandFactory(name="Senja Glow")
    client.post(form, {"brand_name": "senja glow"})
    assert OutsideDeal.objects.get().brand == senja
    assert b"Senja Glow" not in client.get(form.split("elsewhere/")[0]).content


@pytest.mark.parametrize("sent", [{}, {"brand_name": "  "}, {"brand_name": "Senja", "end_on": "soon"},
                                  {"brand_name": "Senja", "end_on": "0001-01-01"}])  # fmt: skip
def test_what_cannot_be_read_is_asked_again_and_nothing_is_kept(
    client: Client, form: str, sent: dict[str, str]
) -> None:
    assert client.post(form, sent).status_code == 422
    assert (OutsideDeal.objects.count(), Todo.objects.count()) == (0, 0)
