"""Leave and hand-over: who stands in for some days, who takes over for good, and how all of it comes back."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Campaign
from crm.base.models import Organisation
from crm.brands.models import Brand
from crm.inbox.models import InboundMail
from crm.influencers.models import Influencer
from crm.messages.models import Message
from crm.outbox.compose import compose, insert_once
from crm.outbox.models import Email
from crm.reminders.models import Todo
from crm.reminders.today import today
from crm.team.actions import OpenWork, TeamRefused, deactivate
from crm.team.handing_over import TakenBack, hand_over, preview, take_back
from crm.team.leaves import come_back, plan_leave, stand_ins
from crm.team.models import HandOver, Leave, Role, User
from crm.timeline.models import Entry
from tests.conftest import NOW
from tests.factories import BrandFactory, CampaignFactory, ContactFactory, InfluencerFactory, UserFactory

TODAY = dt.date(2026, 11, 24)  # Tuesday
DAY = dt.timedelta(days=1)
FRIDAY = TODAY + 3 * DAY


@pytest.fixture(autouse=True)
def _clock(organisation: Organisation) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dinda() -> User:
    return UserFactory(name="Dinda Ayuningrum", email="dinda@mitra.example")


@pytest.fixture
def rani() -> User:
    return UserFactory(name="Rani Pramesti", email="rani@mitra.example")


@pytest.fixture
def boss() -> User:
    return UserFactory(role=Role.MANAGER, name="Bayu Nugroho")


def away(user: User, deputy: User, first: dt.date = TODAY, last: dt.date = FRIDAY) -> Leave:
    return plan_leave(user, deputy, first, last, by=user, at=NOW)


def who(user: User, on: dt.date, brand: int | None = None) -> User | None:
    return stand_ins().of(user.pk, on, brand)


class TestLeave:
    def test_the_deputy_answers_from_the_first_to_the_last_day_and_is_told(self, dinda: User, rani: User) -> None:
        away(dinda, rani)
        days = [TODAY - DAY, TODAY, FRIDAY, FRIDAY + DAY]
        assert [who(dinda, on) for on in days] == [None, rani, rani, None]
        email = Email.objects.get()
        assert (email.name, email.contact_id, email.subject) == (
            "stand_in", rani.contact_id, "You stand in for Dinda Ayuningrum",
        )  # fmt: skip
        assert Entry.objects.get().verb == "team.leave"

    def test_a_deputy_who_is_away_passes_it_on(self, dinda: User, rani: User, boss: User) -> None:
        away(dinda, rani)
        away(rani, boss, TODAY + DAY, TODAY + DAY)
        assert [who(dinda, TODAY), who(dinda, TODAY + DAY), who(dinda, TODAY + 2 * DAY)] == [rani, boss, rani]

    def test_who_no_longer_works_here_stands_in_for_nobody(self, dinda: User, rani: User) -> None:
        away(dinda, rani)
        User.objects.filter(pk=rani.pk).update(is_active=False)
        assert who(dinda, TODAY) is None

    def test_behind_a_brands_wall_she_stands_in_only_where_she_may_look(self, dinda: User, rani: User) -> None:
        Organisation.objects.update(brand_walls=True)
        hers, other = BrandFactory(), BrandFactory()
        rani.brand_access.create(brand=hers)
        away(dinda, rani)
        assert [who(dinda, TODAY, brand) for brand in (hers.pk, other.pk, None)] == [rani, None, rani]

    def test_coming_back_early_ends_it_and_keeps_the_days_that_were(self, dinda: User, rani: User) -> None:
        leave = away(dinda, rani)
        assert come_back(leave, by=dinda, at=NOW + 2 * DAY) is True
        assert [who(dinda, on) for on in (TODAY + DAY, TODAY + 2 * DAY)] == [rani, None]
        leave.refresh_from_db()
        assert come_back(leave, by=dinda, at=NOW + 2 * DAY) is False

    def test_called_off_before_it_began_it_never_was(self, dinda: User, rani: User) -> None:
        leave = away(dinda, rani, TODAY + DAY, FRIDAY)
        assert come_back(leave, by=dinda, at=NOW) is True
        assert (who(dinda, TODAY + DAY), Leave.objects.standing().count()) == (None, 0)

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            (FRIDAY, TODAY, "The last day lies before the first."),
            (TODAY - 9 * DAY, TODAY - DAY, "Those days are over."),
            (FRIDAY, FRIDAY + DAY, "is away on some of these days already."),
        ],
    )
    def test_days_that_make_no_sense_change_nothing(
        self, first: dt.date, last: dt.date, said: str, dinda: User, rani: User
    ) -> None:
        away(dinda, rani)
        with pytest.raises(TeamRefused, match=said):
            away(dinda, rani, first, last)
        assert (Leave.objects.count(), Email.objects.count()) == (1, 1)

    def test_two_never_stand_in_for_each_other_on_the_same_days(self, dinda: User, rani: User) -> None:
        away(dinda, rani)
        with pytest.raises(TeamRefused, match="for each other"):
            away(rani, dinda)
        assert Leave.objects.count() == 1


class TestToday:
    def test_what_is_hers_stands_under_the_deputys_own_for_those_days_only(self, dinda: User, rani: User) -> None:
        Todo.objects.create(text="Call the courier", owner=dinda)
        Todo.objects.create(text="Something else", owner=UserFactory())

        def mine(at: dt.datetime) -> list[str]:
            return [str(line.what) for group in today(rani, at, mine=True).groups for line in group.lines]

        assert mine(NOW) == []
        away(dinda, rani)
        assert (mine(NOW), mine(NOW + 4 * DAY)) == (["Call the courier"], [])
        assert Todo.objects.get(text="Call the courier").owner == dinda

    def test_it_says_for_whom_she_stands_in_and_until_when(self, dinda: User, rani: User, client: Client) -> None:
        away(dinda, rani)
        client.force_login(rani)
        assert "You stand in for Dinda Ayuningrum until Fri 27 Nov." in client.get("/").content.decode()
        client.force_login(dinda)
        assert "You are away until Fri 27 Nov; Rani Pramesti stands in for you." in client.get("/").content.decode()


@pytest.fixture
def work(dinda: User) -> dict[str, Any]:
    """One open thing of every kind that is hers, and one of each that is done or somebody else's."""
    brand = BrandFactory(name="Lumi Skincare")
    campaign = CampaignFactory(owner=dinda, brand=brand, status="live")
    CampaignFactory(owner=dinda, brand=brand, status="wrapped")
    task = Todo.objects.create(text="Call the courier", owner=dinda, brand_ref=brand.pk)
    Todo.objects.create(text="Done", owner=dinda, done_at=NOW)
    person = InfluencerFactory(owner=dinda)
    facts = {"greeting": "Kirana", "brand": "Lumi Skincare", "owner": "Dinda"}
    waiting = compose(
        "portal_link", to=ContactFactory(), key="a", at=NOW, context=facts, reply_to=dinda.email, sender_ref=dinda.pk
    )
    return {"brand": brand, "campaign": campaign, "task": task, "person": person, "mail": insert_once(waiting)}


def message(by: User, status: str, brand: Brand) -> Message:
    return Message.objects.create(
        key=status, audience="people", status=status, started_by=by, brand_ref=brand.pk, title="Shoot moved"
    )


def mail(to: User, state: str, brand: Brand | None) -> InboundMail:
    return InboundMail.objects.create(
        key=f"{state}/{brand}", state=state, owner=to, brand_ref=brand.pk if brand else None, received_at=NOW,
        subject="About Friday",
    )  # fmt: skip


def whose(work: dict[str, Any]) -> list[Any]:
    return [
        Campaign.objects.get(pk=work["campaign"].pk).owner_id,
        Todo.objects.get(pk=work["task"].pk).owner_id,
        Influencer.objects.get(pk=work["person"].pk).owner_id,
        Email.objects.get(pk=work["mail"].pk).sender_ref,
    ]


class TestHandOver:
    def test_the_preview_counts_what_is_open(self, dinda: User, rani: User, work: dict[str, Any]) -> None:
        assert [(part.key, part.moves, part.stays) for part in preview(dinda, rani)] == [
            ("tasks", 1, 0), ("people", 1, 0), ("campaigns", 1, 0), ("mail", 1, 0),
        ]  # fmt: skip

    def test_everything_open_goes_in_one_piece_and_is_told(
        self, dinda: User, rani: User, boss: User, work: dict[str, Any]
    ) -> None:
        hand_over(dinda, rani, by=boss, at=NOW)
        assert whose(work) == [rani.pk] * 4
        assert Email.objects.get(pk=work["mail"].pk).reply_to == "rani@mitra.example"
        assert Campaign.objects.get(status="wrapped").owner == dinda
        assert Todo.objects.get(text="Done").owner == dinda
        letter = Email.objects.get(name="handed_over")
        assert (letter.contact_id, letter.reply_to) == (rani.contact_id, boss.email)
        told = Entry.objects.filter(verb="team.handed").order_by("pk").values_list("influencer", "brand", "actor_label")
        assert list(told) == [
            (None, work["brand"].pk, "Bayu"), (work["person"].pk, None, "Bayu"), (None, work["brand"].pk, "Bayu"),
        ]  # fmt: skip
        summary = Entry.objects.get(verb="team.handed_over")
        assert summary.sentence_en == "Dinda Ayuningrum handed 4 things over to Rani Pramesti"

    def test_what_the_taker_may_not_see_stays_and_the_preview_says_so(
        self, dinda: User, rani: User, boss: User, work: dict[str, Any]
    ) -> None:
        Organisation.objects.update(brand_walls=True)
        assert [(part.key, part.moves, part.stays) for part in preview(dinda, rani)] == [
            ("tasks", 0, 1), ("people", 1, 0), ("campaigns", 0, 1), ("mail", 1, 0),
        ]  # fmt: skip
        hand_over(dinda, rani, by=boss, at=NOW)
        assert whose(work) == [dinda.pk, dinda.pk, rani.pk, rani.pk]

    def test_drafts_of_messages_and_mail_to_answer_go_with_the_rest(
        self, dinda: User, rani: User, boss: User, work: dict[str, Any]
    ) -> None:
        draft, sent = message(dinda, "ready", work["brand"]), message(dinda, "done", work["brand"])
        answer, filed = mail(dinda, "delivered", work["brand"]), mail(dinda, "filed", work["brand"])
        parts = [(part.key, part.moves, part.stays) for part in preview(dinda, rani)]
        assert parts[3:] == [("mail", 1, 0), ("messages", 1, 0), ("inbox", 1, 0)]
        done = hand_over(dinda, rani, by=boss, at=NOW)
        assert {one.pk: one.started_by for one in Message.objects.all()} == {draft.pk: rani, sent.pk: dinda}
        assert {one.pk: one.owner for one in InboundMail.objects.all()} == {answer.pk: rani, filed.pk: dinda}
        take_back(done, by=boss, at=NOW)
        assert set(Message.objects.values_list("started_by", flat=True)) == {dinda.pk}
        assert set(InboundMail.objects.values_list("owner", flat=True)) == {dinda.pk}

    def test_mail_under_no_brand_stays_behind_the_walls(
        self, dinda: User, rani: User, boss: User, work: dict[str, Any]
    ) -> None:
        """Whom it concerns is not known: it may be about a brand the taker must not see."""
        mail(dinda, "delivered", None)
        Organisation.objects.update(brand_walls=True)
        assert ("inbox", 0, 1) in [(part.key, part.moves, part.stays) for part in preview(dinda, rani)]
        hand_over(dinda, rani, by=boss, at=NOW)
        assert InboundMail.objects.get().owner == dinda

    def test_with_nothing_open_there_is_no_hand_over(self, dinda: User, rani: User, boss: User) -> None:
        with pytest.raises(TeamRefused, match="nothing open"):
            hand_over(dinda, rani, by=boss, at=NOW)
        assert (HandOver.objects.count(), Email.objects.count()) == (0, 0)

    @pytest.mark.parametrize("taker", ["herself", "somebody who left"])
    def test_nobody_takes_over_who_cannot(
        self, taker: str, dinda: User, rani: User, boss: User, work: dict[str, Any]
    ) -> None:
        User.objects.filter(pk=rani.pk).update(is_active=False)
        with pytest.raises(TeamRefused):
            hand_over(dinda, {"herself": dinda, "somebody who left": rani}[taker], by=boss, at=NOW)
        assert whose(work) == [dinda.pk] * 4

    def test_taken_back_it_is_as_before(self, dinda: User, rani: User, boss: User, work: dict[str, Any]) -> None:
        done = hand_over(dinda, rani, by=boss, at=NOW)
        assert take_back(done, by=boss, at=NOW) == TakenBack(4, 0)
        assert whose(work) == [dinda.pk] * 4
        assert Email.objects.get(pk=work["mail"].pk).reply_to == "dinda@mitra.example"
        with pytest.raises(TeamRefused, match="already"):
            take_back(done, by=boss, at=NOW)

    def test_what_went_to_somebody_else_since_stays_there(
        self, dinda: User, rani: User, boss: User, work: dict[str, Any]
    ) -> None:
        done = hand_over(dinda, rani, by=boss, at=NOW)
        Todo.objects.filter(pk=work["task"].pk).update(owner=boss)
        assert take_back(done, by=boss, at=NOW) == TakenBack(3, 1)
        assert Todo.objects.get(pk=work["task"].pk).owner == boss

    def test_what_left_since_keeps_the_name_it_left_under(
        self, dinda: User, rani: User, boss: User, work: dict[str, Any]
    ) -> None:
        done = hand_over(dinda, rani, by=boss, at=NOW)
        Email.objects.filter(pk=work["mail"].pk).update(state="sent", sent_at=NOW)
        Todo.objects.filter(pk=work["task"].pk).update(done_at=NOW, done_by=rani)
        assert take_back(done, by=boss, at=NOW) == TakenBack(2, 2)
        sent = Email.objects.get(pk=work["mail"].pk)
        assert (sent.sender_ref, sent.reply_to) == (rani.pk, rani.email)
        assert Todo.objects.get(pk=work["task"].pk).owner == rani

    def test_what_stands_behind_a_new_wall_does_not_go_back_through_it(
        self, dinda: User, rani: User, boss: User, work: dict[str, Any]
    ) -> None:
        done = hand_over(dinda, rani, by=boss, at=NOW)
        Organisation.objects.update(brand_walls=True)
        assert take_back(done, by=boss, at=NOW) == TakenBack(2, 2)
        assert whose(work) == [rani.pk, rani.pk, dinda.pk, dinda.pk]


class TestLeaving:
    def test_an_account_with_open_work_stays_open_and_says_what(
        self, dinda: User, owner: User, work: dict[str, Any]
    ) -> None:
        with pytest.raises(OpenWork, match="Dinda Ayuningrum still has: Open tasks, People looked after, Campaigns"):
            deactivate(dinda, by=owner, at=NOW)
        dinda.refresh_from_db()
        assert dinda.is_active

    def test_after_the_hand_over_it_closes(self, dinda: User, rani: User, owner: User, work: dict[str, Any]) -> None:
        hand_over(dinda, rani, by=owner, at=NOW)
        deactivate(dinda, by=owner, at=NOW)
        dinda.refresh_from_db()
        assert not dinda.is_active

    def test_the_page_leads_to_the_hand_over(self, as_owner: Client, dinda: User, work: dict[str, Any]) -> None:
        page = reverse("team-deactivate", args=[dinda.pk])
        answer = as_owner.post(page, follow=True)
        said = answer.content.decode()
        assert answer.redirect_chain == [(page, 302)]
        assert reverse("team-hand-over", args=[dinda.pk]) in said
        assert "Hand that over first." in said


class TestPages:
    def test_a_leave_is_planned_and_stands_on_the_team_page(
        self, client: Client, dinda: User, rani: User, boss: User
    ) -> None:
        client.force_login(dinda)
        said = {"first_on": "2026-11-24", "last_on": "2026-11-27", "deputy": str(rani.pk), "note": ""}
        assert client.post(reverse("team-leave", args=[dinda.pk]), said).status_code == 302
        assert "away until Fri 27 Nov, Rani Pramesti stands in" in client.get(reverse("team")).content.decode()
        client.post(reverse("leave-back", args=[Leave.objects.get().pk]))
        assert Leave.objects.standing().count() == 0

    def test_nobody_plans_somebody_elses_leave_but_those_who_decide(
        self, client: Client, dinda: User, rani: User, boss: User
    ) -> None:
        said = {"first_on": "2026-11-24", "last_on": "2026-11-27", "deputy": str(boss.pk)}
        page = reverse("team-leave", args=[dinda.pk])
        client.force_login(rani)
        assert (client.get(page).status_code, client.post(page, said).status_code) == (403, 403)
        assert Leave.objects.count() == 0
        client.force_login(boss)
        assert client.post(page, said).status_code == 302

    def test_days_that_make_no_sense_keep_what_was_typed(self, client: Client, dinda: User, rani: User) -> None:
        client.force_login(dinda)
        said = {"first_on": "2026-11-27", "last_on": "2026-11-24", "deputy": str(rani.pk), "note": "Pulang kampung"}
        answer = client.post(reverse("team-leave", args=[dinda.pk]), said)
        assert (answer.status_code, Leave.objects.count()) == (422, 0)
        assert "The last day lies before the first." in answer.content.decode()
        assert "Pulang kampung" in answer.content.decode()

    def test_first_what_would_change_hands_then_the_button_then_the_way_back(
        self, client: Client, dinda: User, rani: User, boss: User, work: dict[str, Any]
    ) -> None:
        client.force_login(boss)
        page = reverse("team-hand-over", args=[dinda.pk])
        shown = client.get(page, {"taker": rani.pk}).content.decode()
        assert "Hand it over to Rani Pramesti" in shown
        assert whose(work) == [dinda.pk] * 4
        answer = client.post(page, {"taker": rani.pk})
        done = HandOver.objects.get()
        assert answer["Location"] == reverse("team-handed-over", args=[done.pk])
        assert "Take it back" in client.get(answer["Location"]).content.decode()
        client.post(reverse("team-take-back", args=[done.pk]))
        assert whose(work) == [dinda.pk] * 4

    @pytest.mark.parametrize("several", [1, 3])
    def test_the_team_costs_the_same_for_one_and_for_three(
        self, several: int, client: Client, boss: User, django_assert_num_queries: Any
    ) -> None:
        for _each in range(several):
            away(UserFactory(), UserFactory())
        client.force_login(boss)
        client.get(reverse("team"))
        with django_assert_num_queries(6):
            client.get(reverse("team"))
