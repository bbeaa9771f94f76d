"""The voter's page: opening it changes nothing, saving keeps what was said, and nothing of ours stands in it."""

import datetime as dt
import io
import logging
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from fpdf import FPDF
from openpyxl import load_workbook

from campaigns.planning.models import Refused
from campaigns.shortlist import votes_public_views
from campaigns.shortlist.models import Ballot, Vote
from campaigns.shortlist.votes_actions import Said, Voters, close, invite, open_until, revoke, save_votes
from campaigns.shortlist.votes_mail import remind, send
from crm.config.logs import WithoutKeys
from crm.outbox.models import Email
from crm.team.models import User
from crm.timeline.models import Entry
from tests.campaigns.shortlist.voting import SECRETS, Voting
from tests.factories import UserFactory
from tests.permissions_world import written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> None:
    cache.clear()
    monkeypatch.setattr(votes_public_views.timezone, "now", lambda: now)


@pytest.fixture
def voter() -> Client:
    return Client(enforce_csrf_checks=True)


def press(voter: Client, url: str, **said: Any) -> Any:
    voter.get(url)
    token = voter.cookies["csrftoken"].value
    return voter.post(url, {"csrfmiddlewaretoken": token, **said})


def says(asked: Voting, *verdicts: str) -> dict[str, str]:
    return {f"says-{card.pk}": verdict for card, verdict in zip(asked.cards, verdicts, strict=False)}


def test_a_scanner_that_opens_the_link_changes_nothing(voter: Client, asked: Voting) -> None:
    url = asked.url
    with written() as seen:
        answers = [voter.get(url), voter.get(url), voter.head(url), voter.options(url), voter.get(f"{url}names.csv")]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 405, 200]
    assert seen == []
    assert Ballot.objects.get().opened_at is None


def test_the_page_is_private_and_small(voter: Client, asked: Voting) -> None:
    answer = voter.get(asked.url)
    headers = {name: answer[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")}
    assert headers == {
        "Cache-Control": "no-store, private",
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "same-origin",
    }
    assert len(answer.content) < 20_000
    assert b"<script" not in answer.content


def test_the_page_shows_the_client_price_and_what_the_yes_ones_cost(voter: Client, asked: Voting) -> None:
    answer = press(voter, asked.url, **says(asked, "yes", "yes", "yes"))
    assert (answer.status_code, answer["Location"].rpartition("?")[2]) == (302, "in=en&saved=all")
    page = voter.get(answer["Location"]).content.decode().replace("\xa0", " ")
    assert "Yes to 3 of 3 so far. Together IDR 13,500,000." in page
    assert "1 of them has no price yet." in page
    for shown in ("Ayu Lestari", "@ayu.lestari", "Bandung", "IDR 9,000,000", "34k followers"):
        assert shown in page


def test_what_is_not_to_be_shown_is_not_there(voter: Client, asked: Voting) -> None:
    asked.round.shows_price = asked.round.shows_numbers = False
    asked.round.save()
    page = voter.get(asked.url).content.decode()
    assert [word for word in ("9,000,000", "34k", "followers") if word in page] == []


def test_nothing_of_ours_leaves_in_any_page_mail_or_export(voter: Client, asked: Voting, now: dt.datetime) -> None:
    asked.cards[0].influencer.notes.create(text="Zirkonia likes her", created_at=now)
    url = asked.url
    send(asked.round, at=now, actor=asked.actor)
    remind(asked.ballot, at=now, actor=asked.actor)
    leaves = [voter.get(f"{url}?in={language}").content.decode() for language in ("en", "id")]
    leaves.append(b"".join(voter.get(f"{url}names.csv")).decode())
    leaves.extend(
        f"{mail.subject}{mail.text}{mail.html}{mail.context}{mail.late_fields}" for mail in Email.objects.all()
    )
    book = load_workbook(io.BytesIO(b"".join(voter.get(f"{url}names.xlsx"))))
    leaves.append(" ".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row))
    close(asked.round, at=now, actor=asked.actor)
    leaves.append(voter.get(url).content.decode())
    assert [(word, page[:40]) for page in leaves for word in SECRETS if word in page] == []


def test_the_list_is_what_the_page_shows(voter: Client, asked: Voting, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(FPDF, "multi_cell", spying(FPDF.multi_cell, said))
    url = asked.url
    press(voter, url, **says(asked, "no"))
    rows = b"".join(voter.get(f"{url}names.csv")).decode().replace("\xa0", " ").splitlines()
    assert rows[1] == 'Ayu Lestari,Instagram @ayu.lestari,,34k,,,Bandung,,"IDR 9,000,000",No,'
    pdf = voter.get(f"{url}names.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    drawn = " ".join(said).replace("\xa0", " ")
    assert "IDR 9,000,000" in drawn
    assert [word for word in SECRETS if word in drawn] == []


def spying(draw: Any, said: list[str]) -> Any:
    def spy(self: Any, w: Any, h: Any, text: str, **more: Any) -> Any:
        said.append(text)
        return draw(self, w, h, text, **more)

    return spy


def test_names_left_open_stay_open_and_may_be_said_later(voter: Client, asked: Voting) -> None:
    url = asked.url
    press(voter, url, **says(asked, "yes"))
    press(voter, url, **says(asked, "yes", "maybe"))
    assert list(Vote.objects.order_by("pk").values_list("verdict", flat=True)) == ["yes", "maybe"]
    assert Entry.objects.filter(verb="votes.said").count() == 2


def test_a_note_without_a_verdict_asks_for_one_and_keeps_what_was_typed(voter: Client, asked: Voting) -> None:
    note = f"note-{asked.cards[0].pk}"
    answer = press(voter, asked.url, **{note: "Her last three posts", **says(asked, "", "yes")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose yes, perhaps or no for Ayu Lestari, too." in page
    assert "Her last three posts" in page
    assert Vote.objects.count() == 0


def test_a_round_that_closes_meanwhile_refuses_and_keeps_the_notes(
    voter: Client, asked: Voting, now: dt.datetime
) -> None:
    url = asked.url
    voter.get(url)
    close(asked.round, at=now, actor=asked.actor)
    note = f"note-{asked.cards[0].pk}"
    token = voter.cookies["csrftoken"].value
    answer = voter.post(url, {"csrfmiddlewaretoken": token, **says(asked, "yes"), note: "Her last three posts"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This round is closed: nothing was saved." in page
    assert "Her last three posts" in page
    assert "Save my votes" not in page
    assert Vote.objects.count() == 0


def test_closed_over_and_revoked_say_so_and_show_no_name(voter: Client, asked: Voting, now: dt.datetime) -> None:
    url = asked.url
    open_until(asked.round, dt.date(2026, 11, 24), at=now, actor=asked.actor)
    close(asked.round, at=now, actor=asked.actor)
    shut = voter.get(url), voter.get(f"{url}names.pdf")
    open_until(asked.round, None, at=now, actor=asked.actor)
    revoke(asked.ballot, at=now, actor=asked.actor)
    gone, unknown = voter.get(url), voter.get("/v/nobody/")
    assert [page.status_code for page in (*shut, gone, unknown)] == [403, 403, 404, 404]
    assert gone.content == unknown.content
    assert [page for page in (*shut, gone) if b"Ayu" in page.content] == []


def test_the_link_of_a_colleague_who_left_opens_nothing(voter: Client, asked: Voting, now: dt.datetime) -> None:
    left = UserFactory(role="manager", language="en")
    (hers,) = invite(asked.round, Voters(colleagues=[left]), at=now, actor=asked.actor)
    url = replace(asked, ballot=hers).url
    said = {"csrfmiddlewaretoken": "", **says(asked, "yes")}
    assert voter.get(url).status_code == 200
    said["csrfmiddlewaretoken"] = voter.cookies["csrftoken"].value
    User.objects.filter(pk=left.pk).update(is_active=False)
    answers = [voter.get(url), voter.post(url, said), voter.get(f"{url}names.csv")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    with pytest.raises(Refused, match="does not open any more"):
        save_votes(hers, {asked.cards[0].pk: Said("yes")}, at=now, actor=asked.actor)
    assert Vote.objects.count() == 0
    assert voter.get(asked.url).status_code == 200


def test_without_the_token_of_the_form_nothing_is_saved(voter: Client, asked: Voting) -> None:
    assert voter.post(asked.url, says(asked, "yes")).status_code == 403
    assert Vote.objects.count() == 0


def test_somebody_taken_off_meanwhile_is_said_so(voter: Client, asked: Voting, now: dt.datetime) -> None:
    url = asked.url
    asked.cards[0].put("off", why="Too dear", at=now, actor=asked.actor)
    answer = press(voter, url, **says(asked, "yes", "no"))
    assert answer["Location"].endswith("saved=some")
    assert list(Vote.objects.values_list("collaboration_id", flat=True)) == [asked.cards[1].pk]


def test_saving_again_and_again_is_slowed_down(voter: Client, asked: Voting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(votes_public_views, "MOST_SAVES", 2)
    url = asked.url
    statuses = [press(voter, url, **says(asked, verdict)).status_code for verdict in ("yes", "no", "maybe")]
    assert statuses == [302, 302, 429]
    assert Vote.objects.get().verdict == "no"


@pytest.mark.parametrize("junk", ["a" * 5000, "\x00", "yes\nno"])
def test_junk_is_refused_without_a_crash(voter: Client, asked: Voting, junk: str) -> None:
    card = asked.cards[0].pk
    answer = press(voter, asked.url, **{f"says-{card}": junk, f"note-{card}": junk})
    assert answer.status_code == 422
    assert Vote.objects.count() == 0


def test_the_page_costs_the_same_for_one_name_and_for_three(
    voter: Client, asked: Voting, django_assert_num_queries: Any
) -> None:
    url = asked.url
    with django_assert_num_queries(7):
        voter.get(url)
    asked.round.people.set(asked.cards[:1])
    with django_assert_num_queries(7):
        voter.get(url)


def test_no_log_line_holds_the_way_to_a_ballot(asked: Voting) -> None:
    url = asked.url
    kept = [
        logging.LogRecord("django.request", 30, "", 1, "Not Found: %s", (url,), None),
        logging.LogRecord("django_structlog", 30, "", 1, {"request": f"POST {url}names.csv", "code": 429}, (), None),
    ]
    assert all(WithoutKeys().filter(record) for record in kept)
    assert [record.msg for record in kept] == [
        "Not Found: /v/…/",
        {"request": "POST /v/…/names.csv", "code": 429},
    ]
