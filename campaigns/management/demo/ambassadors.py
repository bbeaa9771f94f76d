"""Ambassadors: two programmes, six deals in different states and who might join, lived through with the calendar."""

import datetime as dt
from typing import Any

from campaigns.management.demo.circles import LUMI, NUSA, note_prospects, open_circles
from campaigns.management.demo.lived import EVENING, Lived, Met, agree
from campaigns.management.demo.people import marked
from campaigns.management.demo.sellers import sell_and_rise
from campaigns.planning.models import Campaign, Deliverable
from campaigns.planning.standing.campaign import follow_days_of_all
from crm.ambassadors.models import DealPause, Program, Termination
from crm.ambassadors.pay.ending import End, end_deal
from crm.ambassadors.pay.settling import settlement_of
from crm.ambassadors.reviewing.deciding import decide_review
from crm.ambassadors.schedule.pausing import Wish, pause
from crm.base.windows import months_later, notice_deadline
from crm.brands.models import Brand
from crm.contracts.actions.noticing import note_notice
from crm.contracts.models import Notice
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.models import Channel
from crm.timeline.record import Actor

DAYS = dt.timedelta(days=1)
BY_QUARTER = {"unit": "quarter", "plans_posts": False}
A_MONTH = {"renewal": "auto", "notice_value": 30, "notice_span": "days"}
"""Goes on by itself unless somebody says so thirty days before."""


def have_ambassadors(
    people: list[Influencer], brands: dict[str, Brand], team: dict[str, User], now: dt.datetime
) -> None:
    """With people who are in nobody's campaign, so that nothing they promise stands in another's way."""
    circles = open_circles(brands, team, now - 260 * DAYS)
    lumi, nusa = circles[LUMI], circles[NUSA]
    mets = [Met(lumi, person, team, now) for person in (*people[36:39], *people[45:47])]
    run_behind(mets[0])
    sell_and_rise(mets[1])
    come_up_for_notice(mets[2])
    leave_in_notice(mets[3])
    write_down(mets[4])
    rest(Met(nusa, people[39], team, now))
    note_prospects(lumi, [people[number] for number in (19, 20, 22, 23)], team, now)
    keep_campaigns(circles, now)


def run_behind(met: Met) -> None:
    """Two reels and four stories a month. One reel of the first month was carried over; this month is behind."""
    start_on = months_later(met.today - 20 * DAYS, -1)
    rules = {"rollover": "carry", "carry_cap": 2}
    deal = {"label": "featured"}
    lived = agree(met, start_on, 12, {"reel": 2, "story": 4}, 5_000_000, said="2 reel 4 story sebulan, 5jt",
                  rules=rules, deal=deal, contract={**A_MONTH, "renew_months": 12})  # fmt: skip
    lived.sign()
    lived.look(start_on)
    for code in ("story", "reel", "story", "story", "story"):
        lived.post(code)
    second_on = lived.period(2).first_on
    lived.look(second_on)
    lived.post("story")
    lived.post("reel", second_on + 11 * DAYS)
    lived.look_now()
    ask_for_new_days(lived)


def ask_for_new_days(lived: Lived) -> None:
    """Three days ago she asked for later days for what was late: drafts from today on, posts within the month."""
    today, at = lived.met.today, lived.at(lived.met.today - 3 * DAYS, EVENING)
    late = Deliverable.objects.post_open().filter(quota_post__line__deal=lived.deal).with_card()
    for place, piece in enumerate(late.filter(post_due_on__lt=today + 7 * DAYS).order_by("post_due_on", "pk")):
        draft_on = today + place * DAYS
        piece.reschedule(draft_due_on=draft_on, post_due_on=draft_on + 3 * DAYS, at=at, actor=lived.colleague)


def come_up_for_notice(met: Met) -> None:
    """The day for notice is in twelve days, and nobody has looked at it yet."""
    end_on = next(
        on for days in range(40, 50) if notice_deadline(on := met.today + days * DAYS, days=30) == met.today + 12 * DAYS
    )
    start_on = months_later(end_on + DAYS, -12)
    lived = agree(met, start_on, 12, {"reel": 2}, 8_400_000, said="2 reel per tiga bulan, 8,4jt", rules={"rollover": "carry"},
                  deal=BY_QUARTER, contract={**A_MONTH, "renew_months": 12})  # fmt: skip
    lived.sign()
    for number in range(1, 5):
        live_by_hand(lived, number, (20, 47))
    lived.look_now()
    lived.pay()


def leave_in_notice(met: Met) -> None:
    """Her notice for the first term came a day late, so it went on once more and ends in three weeks, settled already."""
    start_on = months_later(met.today + 22 * DAYS, -6)
    lived = agree(met, start_on, 3, {"reel": 2}, 7_500_000, exclusive=True, tail_days=30, rules={"rollover": "carry"},
                  deal=BY_QUARTER, contract={**A_MONTH, "renew_months": 3},
                  commission={"rate_bp": 700, "hold_days": 14, "post_term_days": 14})  # fmt: skip
    lived.sign()
    live_by_hand(lived, 1, (16, 51))
    give_notice_late(lived)
    live_by_hand(lived, 2, (23, 58))
    lived.look_now()
    lived.pay()
    settle_end(lived)


def live_by_hand(lived: Lived, number: int, days: tuple[int, ...]) -> None:
    """Reels on these days of one period, noted by hand."""
    period = lived.period(number)
    lived.look(period.first_on)
    for later in days:
        lived.told(period.first_on + later * DAYS)


def give_notice_late(lived: Lived) -> None:
    contract = lived.deal.contract
    assert contract.end_on is not None
    sent_on = notice_deadline(contract.end_on, days=30) + DAYS
    at = lived.at(sent_on)
    note_notice(contract, kind=Notice.Kind.NON_RENEWAL, given_by=Notice.From.HER, sent_on=sent_on, channel=Channel.WHATSAPP,
                note="Kak, aku mau fokus ke podcast dulu ya, jadi nggak lanjut.", at=at, actor=lived.colleague)  # fmt: skip
    for review in lived.deal.reviews.open():
        decide_review(review, "end", scores={"content": 4, "reliability": 3, "fit": 3, "results": 4},
                      note="She goes her own way; we part as friends.", at=at, by=lived.met.team["manager"])  # fmt: skip


def settle_end(lived: Lived) -> None:
    """The manager confirmed two days ago what is settled; the list for afterwards lies ready."""
    last_on, manager = lived.deal.contract.end_on, lived.met.team["manager"]
    assert last_on is not None
    end = End(Termination.Kind.CONVENIENCE, Termination.By.HER, last_on, "She wants to make more podcasts.")
    lines = settlement_of(lived.deal, last_on, end.kind, end.by)
    chosen = {line.key: (line.size.amount, "") for line in lines}
    notice = lived.deal.contract.notices.against_going_on().last()
    end_deal(lived.deal, end, chosen, at=lived.met.now - 2 * DAYS, actor=Actor.user(manager), notice=notice)


def write_down(met: Met) -> None:
    """A year that is written down and not sent yet, with everything a deal may say."""
    start_on = months_later(met.today.replace(day=1), 1)
    agree(met, start_on, 12, {"reel": 2, "story": 4}, 4_500_000, said="2 reel 4 story per bulan 4,5jt nett", tax="nett",
          exclusive=True, tail_days=30, rules={"rollover": "carry", "carry_cap": 2},
          commission={"rate_bp": 800, "hold_days": 30}, contract={**A_MONTH, "renew_months": 12, "most_renewals": 2},
          deal={"label": "exclusive", "alignment": "calendar"})  # fmt: skip


def rest(met: Met) -> None:
    """Paused twelve days ago, nobody knows until when; everything behind it moves."""
    start_on = months_later(met.today - 22 * DAYS, -1)
    lived = agree(met, start_on, 6, {"reel": 1, "story": 1}, 2_200_000, rules={"rollover": "carry", "carry_cap": 1})
    lived.sign()
    lived.look(start_on)
    for code in ("story", "reel"):
        lived.post(code)
    second_on = lived.period(2).first_on
    lived.look(second_on)
    lived.post("story", second_on + 6 * DAYS)
    first_on = met.today - 12 * DAYS
    wish = Wish(first_on, None, DealPause.Effect.SHIFT, why="Somebody of the family is in hospital.")
    pause(lived.deal, wish, at=lived.at(first_on), actor=lived.colleague)
    lived.look_now()


def keep_campaigns(circles: dict[str, Program], now: dt.datetime) -> None:
    """The standing campaigns opened with the first posts; their days follow the deals."""
    standing: Any = Campaign.objects.of_programs().filter(program__in=circles.values())
    follow_days_of_all(at=now)
    for campaign in standing.select_related("program", "brand", "owner").order_by("pk"):
        marked(campaign)
        for card in campaign.collaborations.all():
            marked(card, *card.deliverables.all())
