"""The paste box: new people, each once."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from crm.influencers.bulk_runs import actions
from crm.influencers.models import BulkRun, Influencer, Platform, SocialAccount
from crm.influencers.pasting import box
from crm.influencers.pasting.lines import people_in
from crm.team.models import Role, User
from tests.conftest import NOW
from tests.factories import InfluencerFactory, SocialAccountFactory, UserFactory
from tests.races import let_go


def paste(client: Client, text: str, owner: Any = "") -> BulkRun:
    answer = client.post(reverse("paste-people"), {"text": text, "platform": "instagram", "owner": owner})
    run = BulkRun.objects.latest("pk")
    assert answer.url == reverse("bulk-run", args=[run.pk])
    return run


def lines(client: Client, run: BulkRun) -> list[tuple[str, str, str]]:
    page = client.get(reverse("bulk-run", args=[run.pk]))
    return [(line.label, line.outcome, line.why) for line in page.context["lines"]]


@pytest.mark.django_db
def test_a_paste_is_shown_with_a_verdict_for_each_line_and_adds_nobody(as_coordinator: Client) -> None:
    known = InfluencerFactory(stage_name="Kirana")
    SocialAccountFactory(influencer=known, platform=Platform.objects.get(code="instagram"), handle="kirana")
    run = paste(as_coordinator, "@Kirana\n@bima\nhttps://tiktok.com/@kirana\n@bima\ninstagram.com/p/x/")
    assert lines(as_coordinator, run) == [
        ("@Kirana", "On file", "Is on file already."),
        ("@bima", "New", ""),
        ("https://tiktok.com/@kirana", "New", ""),
        ("@bima", "Left out", "Stands here twice; the first one counts."),
        ("instagram.com/p/x/", "Left out", "Leads to a post. Paste the address of the profile."),
    ]
    assert list(Influencer.objects.all()) == [known]


@pytest.mark.django_db
def test_confirmed_prospects_are_on_file_with_their_accounts(as_coordinator: Client, coordinator: User) -> None:
    run = paste(as_coordinator, "IG: bima dan TikTok @bima\n@tari", owner=coordinator.pk)
    as_coordinator.post(reverse("bulk-run-continue", args=[run.pk]))
    people = Influencer.objects.order_by("stage_name")
    assert [(one.stage_name, one.stage, one.owner, one.main_handle) for one in people] == [
        ("bima", "prospect", coordinator, "bima"),
        ("tari", "prospect", coordinator, "tari"),
    ]
    accounts = SocialAccount.objects.order_by("handle", "platform__code").values_list("platform__code", "handle")
    assert list(accounts) == [("instagram", "bima"), ("tiktok", "bima"), ("instagram", "tari")]
    assert [outcome for _label, outcome, _why in lines(as_coordinator, run)] == ["Added", "Added"]


@pytest.mark.django_db
def test_whoever_came_on_file_meanwhile_is_known_and_not_added(as_coordinator: Client, as_owner: Client) -> None:
    first, second = paste(as_coordinator, "@bima\n@tari"), paste(as_owner, "@tari\n@bima")
    as_coordinator.post(reverse("bulk-run-continue", args=[first.pk]))
    as_owner.post(reverse("bulk-run-continue", args=[second.pk]))
    assert Influencer.objects.count() == 2
    assert [outcome for _label, outcome, _why in lines(as_owner, second)] == ["On file", "On file"]
    refs = second.rows.order_by("place").values_list("influencer_ref", flat=True)
    assert list(refs) == list(Influencer.objects.order_by("-stage_name").values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", " \n ", "@a\n" * 2_001])
def test_nothing_and_too_much_are_refused_and_kept(as_coordinator: Client, text: str) -> None:
    page = as_coordinator.post(reverse("paste-people"), {"text": text, "platform": "instagram"})
    assert page.status_code == 422
    assert "text" in page.context["form"].errors
    assert BulkRun.objects.count() == 0


@pytest.mark.django_db
def test_a_discarded_paste_adds_nobody(as_coordinator: Client) -> None:
    run = paste(as_coordinator, "@bima")
    as_coordinator.post(reverse("bulk-run-discard", args=[run.pk]))
    as_coordinator.post(reverse("bulk-run-continue", args=[run.pk]))
    run.refresh_from_db()
    assert (run.status, Influencer.objects.count()) == ("discarded", 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_paste_the_same_at_one_moment_add_each_person_once() -> None:
    user = UserFactory(role=Role.OWNER, name="Owner Satu")
    texts = ["\n".join(f"@orang.{n}" for n in order) for order in (range(60), range(59, -1, -1))]
    runs = []
    for text in texts:
        rows = list(box.verdicts(people_in(text, "instagram")))
        run = actions.show("prospects", rows, data={"pasted": True}, query="", user=user)
        run.confirm(at=NOW, actor=actions.Actor.user(user))
        runs.append(run)

    def work(pk: int) -> None:
        actions.carry_on(pk, now=NOW)
        connection.close()

    threads = [threading.Thread(target=work, args=[run.pk]) for run in runs]
    let_go(threads)
    counts = [BulkRun.objects.get(pk=run.pk) for run in runs]
    assert [run.status for run in counts] == ["done", "done"]
    assert Influencer.objects.count() == 60
    assert sum(run.counts["changed"] for run in counts) == 60
    assert sum(run.counts["same"] for run in counts) == 60
