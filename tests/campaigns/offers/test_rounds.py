"""An offer is sent, answered, answered by us, taken back, or runs out: what becomes of the card, the tasks, the mails."""

import datetime as dt
from typing import Any

import pytest
from djmoney.money import Money

from campaigns.offers.actions.answers import accept, ask_again, ask_question, counter, decline, more_time, not_this_time
from campaigns.offers.actions.deciding import let_go, let_run_out, take_it
from campaigns.offers.actions.sending import Ask, send_offer, withdraw
from campaigns.offers.models import Offer
from campaigns.planning.models import Collaboration, Refused
from crm.influencers.merging.actions import merge
from crm.influencers.models import Representation
from crm.outbox.models import Email
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.vetting.models import Fact
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db
RP3 = Money(3_000_000, "IDR")  # type: ignore[no-untyped-call]


def fresh(card: Collaboration) -> Collaboration:
    return Collaboration.objects.select_related("campaign__brand", "campaign__owner", "influencer").get(pk=card.pk)


def todos() -> list[str]:
    return list(Todo.objects.open().order_by("pk").values_list("text", flat=True))


def statuses(card: Collaboration) -> list[str]:
    return list(Offer.objects.filter(collaboration=card).order_by("pk").values_list("status", flat=True))


def test_an_offer_puts_the_card_in_talks_and_leaves_as_one_mail(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    offer = send_offer(card, ask, at=now, actor=actor)
    assert (fresh(card).status, offer.fee, offer.answer_by_on) == ("in_talks", card.fee, dt.date(2026, 11, 29))
    mail = Email.objects.get()
    assert (mail.name, mail.mail_class, mail.state) == ("campaign_offer", "marketing", "queued")
    assert len(mail.subject) <= 40
    assert mail.subject.startswith("Lumi: Glow, ")


def test_a_second_offer_waits_for_the_answer_to_the_first(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    send_offer(card, ask, at=now, actor=actor)
    with pytest.raises(Refused):
        send_offer(fresh(card), ask, at=now, actor=actor)
    assert (statuses(card), Email.objects.count()) == (["open"], 1)


def test_nothing_of_a_refused_offer_is_stored(card: Collaboration, now: dt.datetime, actor: Actor) -> None:
    Collaboration.objects.update(fee=None)
    with pytest.raises(Refused):
        send_offer(fresh(card), Ask(dt.date(2026, 11, 29)), at=now, actor=actor)
    assert (fresh(card).status, statuses(card), Email.objects.count()) == ("shortlist", [], 0)


def test_an_offer_that_no_longer_fits_the_budget_is_refused(
    card: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    campaign = card.campaign
    campaign.budget = Money(2_000_000, "IDR")  # type: ignore[no-untyped-call]
    campaign.save()
    with pytest.raises(Refused):
        send_offer(fresh(card), Ask(dt.date(2026, 11, 29), fee=RP3, fee_said="3jt"), at=now, actor=actor)
    assert (fresh(card).fee, fresh(card).status, statuses(card)) == (card.fee, "shortlist", [])


def test_what_is_offered_and_not_answered_is_committed(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    from campaigns.planning.door import Commitment, committed

    send_offer(card, ask, at=now, actor=actor)
    assert committed([card.campaign_id]) == [Commitment(card.campaign_id, card.pk, card.fee)]
    withdraw(fresh(card), at=now, actor=actor)
    assert committed([card.campaign_id]) == []


def test_a_yes_agrees_the_card_at_the_fee_offered(card: Collaboration, now: dt.datetime, actor: Actor) -> None:
    send_offer(card, Ask(dt.date(2026, 11, 29), fee=RP3, fee_said="3jt nett"), at=now, actor=actor)
    assert accept(fresh(card), at=now, actor=actor) is True
    mine = fresh(card)
    assert (mine.status, mine.fee, mine.fee_said, statuses(card)) == ("agreed", RP3, "3jt nett", ["accepted"])
    assert todos() == []


def test_a_yes_that_something_stands_against_is_kept_and_becomes_a_task(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    send_offer(card, ask, at=now, actor=actor)
    campaign = card.campaign
    campaign.budget = Money(1_000_000, "IDR")  # type: ignore[no-untyped-call]
    campaign.save()
    assert accept(fresh(card), at=now, actor=actor) is False
    assert (fresh(card).status, statuses(card)) == ("in_talks", ["accepted"])
    (todo,) = Todo.objects.open()
    assert (todo.kind, todo.subject) == ("check", f"campaigns.collaboration:{card.pk}")


def test_how_soon_she_answered_is_kept_and_our_own_answer_does_not_count(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    offer = send_offer(card, ask, at=now, actor=actor)
    counter(fresh(card), RP3, "", at=now + dt.timedelta(hours=6), actor=actor)
    take_it(fresh(card), at=now + dt.timedelta(hours=30), actor=actor)
    fact = Fact.objects.get()
    assert (fact.kind, fact.amount, fact.label) == ("answer_hours", 6, "Glow")
    assert (fact.ref, fact.influencer) == (f"campaigns.offer:{offer.pk}", card.influencer)


def test_her_price_becomes_one_task_and_taking_it_agrees_at_it(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    send_offer(card, ask, at=now, actor=actor)
    counter(fresh(card), RP3, "ada revisi brief", at=now, actor=actor)
    counter(fresh(card), RP3, "tetap 3 ya", at=now + dt.timedelta(hours=1), actor=actor)
    assert (statuses(card), Todo.objects.open().get().quote) == (["countered"], "tetap 3 ya")
    take_it(fresh(card), at=now, actor=actor)
    offer = Offer.objects.get()
    assert (offer.status, offer.fee, fresh(card).status, fresh(card).fee) == ("accepted", RP3, "agreed", RP3)
    assert (todos(), Email.objects.filter(name="campaign_offer_taken").count()) == ([], 1)


def test_a_price_beyond_the_budget_is_not_taken(card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor) -> None:
    send_offer(card, ask, at=now, actor=actor)
    counter(fresh(card), RP3, "", at=now, actor=actor)
    campaign = card.campaign
    campaign.budget = Money(2_900_000, "IDR")  # type: ignore[no-untyped-call]
    campaign.save()
    with pytest.raises(Refused):
        take_it(fresh(card), at=now, actor=actor)
    assert (statuses(card), fresh(card).status, len(todos())) == (["countered"], "in_talks", 1)


def test_offering_again_answers_her_price(card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor) -> None:
    send_offer(card, ask, at=now, actor=actor)
    counter(fresh(card), RP3, "", at=now, actor=actor)
    send_offer(fresh(card), ask, at=now, actor=actor)
    assert (statuses(card), todos()) == (["withdrawn", "open"], [])
    assert Email.objects.order_by("pk").last().mail_class == "service"  # type: ignore[union-attr]


def test_letting_go_takes_the_card_off(card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor) -> None:
    send_offer(card, ask, at=now, actor=actor)
    counter(fresh(card), RP3, "", at=now, actor=actor)
    let_go(fresh(card), "Too dear", at=now, actor=actor)
    assert (statuses(card), fresh(card).status, fresh(card).off_why, todos()) == (["withdrawn"], "off", "Too dear", [])


def test_she_may_name_a_price_before_anybody_offers(card: Collaboration, now: dt.datetime, actor: Actor) -> None:
    counter(card, RP3, "", at=now, actor=actor)
    offer = Offer.objects.get()
    assert (offer.status, offer.fee, offer.her_fee, offer.sent_by) == ("countered", None, RP3, None)
    take_it(fresh(card), at=now, actor=actor)
    assert (fresh(card).status, fresh(card).fee) == ("agreed", RP3)


def test_no_and_not_this_time_take_her_off_with_her_reason(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    send_offer(card, ask, at=now, actor=actor)
    decline(fresh(card), "Bukan untuk saya", at=now, actor=actor)
    assert (statuses(card), fresh(card).off_why) == (["declined"], "Bukan untuk saya")
    send_offer(fresh(card), ask, at=now, actor=actor)
    not_this_time(fresh(card), "lagi umrah", at=now, actor=actor)
    assert (statuses(card), fresh(card).off_why) == (["declined", "not_now"], "Said not this time: lagi umrah")


def test_a_question_leaves_the_offer_open_and_more_time_moves_its_day(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    send_offer(card, ask, at=now, actor=actor)
    ask_question(fresh(card), "Bajunya boleh dibawa pulang?", at=now, actor=actor)
    more_time(fresh(card), dt.date(2026, 12, 3), at=now, actor=actor)
    offer = Offer.objects.get()
    assert (offer.status, offer.answer_by_on, len(todos())) == ("open", dt.date(2026, 12, 3), 1)


def test_what_nobody_answered_runs_out_once_and_may_be_asked_for_again(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    send_offer(card, ask, at=now, actor=actor)
    last_minute = dt.datetime(2026, 11, 29, 16, 59, tzinfo=dt.UTC)
    assert let_run_out(last_minute) == {}
    after = last_minute + dt.timedelta(minutes=2)
    assert (let_run_out(after), let_run_out(after)) == ({"ran_out": 1}, {})
    assert (statuses(card), fresh(card).status, len(todos())) == (["lapsed"], "in_talks", 1)
    ask_again(fresh(card), "masih mau", at=after, actor=actor)
    assert Todo.objects.open().get().quote == "masih mau"


@pytest.mark.parametrize("step", ["accept", "withdraw"])
def test_an_answer_after_the_end_changes_nothing(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor, step: str
) -> None:
    send_offer(card, ask, at=now, actor=actor)
    withdraw(fresh(card), at=now, actor=actor)
    before = Entry.objects.count()
    with pytest.raises(Refused):
        {"accept": accept, "withdraw": withdraw}[step](fresh(card), at=now, actor=actor)
    assert (statuses(card), fresh(card).status, Entry.objects.count()) == (["withdrawn"], "in_talks", before)


def test_whom_no_mail_reaches_is_told_by_hand_or_not_at_all(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    Representation.objects.all().delete()
    with pytest.raises(Refused):
        send_offer(fresh(card), ask, at=now, actor=actor)
    assert statuses(card) == []
    send_offer(fresh(card), Ask(dt.date(2026, 11, 29), by_myself=True), at=now, actor=actor)
    assert (statuses(card), Email.objects.count()) == (["open"], 0)


def test_when_two_become_one_the_rounds_go_with_the_card(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor, owner: Any
) -> None:
    offer = send_offer(card, ask, at=now, actor=actor)
    stays = InfluencerFactory(stage_name="Kirana Maheswari")
    merge(stays.pk, card.influencer_id, {}, at=now, actor=actor, user=owner)
    assert list(Offer.objects.filter(collaboration__influencer=stays)) == [offer]
    counter(Collaboration.objects.get(pk=card.pk), None, "3jt", at=now, actor=actor)
    assert Offer.objects.get().status == "countered"
