"""Whoever leaves opens nothing any more: every secret the product keeps is listed here with what becomes of it."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from campaigns.results.models import OrderHook, ReportLink
from campaigns.results.sharing.actions import share
from crm.reminders.feeds import Wish, feed_at, new_address
from crm.reminders.models import CalendarFeed, Todo
from crm.team.actions import deactivate, reactivate
from crm.team.models import Invitation, Role, User
from crm.team.tokens import RESET_TOKENS
from crm.timeline.models import Entry
from tests.factories import BrandFactory, CampaignFactory

pytestmark = pytest.mark.django_db

SECRET = re.compile(r"token|secret|password|_hash$|digest|session_key|key_sha|^slug$|^session_data$")

ENDS = {
    "crm.User.password": "opens nothing while the account is closed; the same account may be opened again",
    "crm.Invitation.token_sha256": "invitations to her and from her are withdrawn",
    "crm.CalendarFeed.token_sha256": "her calendars are revoked, and stay so if she comes back",
    "campaigns.ReportLink.token_sha256": "links she made are taken back",
    "campaigns.OrderHook.secret": "the shop alone can take a new one: a colleague is asked to make it",
    "campaigns.OrderHook.slug": "an address is no secret; what comes there is signed",
    "campaigns.ReviewLink.token_sha256": "a guest who is a colleague is let in only while she works here",
    "campaigns.BallotLink.token_sha256": "a voter who is a colleague is let in only while she works here",
    "sessions.Session.session_key": "ended at once",
    "sessions.Session.session_data": "ended at once",
    "usersessions.UserSession.session_key": "ended at once",
}
"""What a colleague may hold, and what becomes of it."""

NOT_HERS = {
    "crm.Link.token_sha256": "an influencer's or agent's way in",
    "crm.PortalSession.key_sha256": "an influencer's or agent's visit",
    "crm.SigningCode.code_hash": "a party's, for minutes",
    "crm.AccountCode.code_hash": "an influencer's, for minutes",
    "crm.Forgotten.digest": "opens nothing: a mark of somebody forgotten",
    "crm.Email.body_hash": "opens nothing: a checksum",
    "crm.Email.lease_token": "opens nothing: who is sending it",
    "crm.Mailbox.lease_token": "opens nothing: who is reading it",
    "campaigns.BriefAck.ip_hash": "opens nothing: where a yes came from",
    "campaigns.TrackedLink.slug": "a public address",
    "crm.Category.slug": "a name",
    "crm.Niche.slug": "a name",
    "crm.Persona.slug": "a name",
    "crm.User.digest": "a wish: the morning summary",
}  # fmt: skip
"""Looks like a secret of hers and is none."""


def test_every_field_that_may_hold_a_secret_says_what_becomes_of_it() -> None:
    found = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if SECRET.search(field.name) and not field.is_relation
    }
    assert sorted(found - set(ENDS) - set(NOT_HERS)) == [], "Add it above: does it end when its holder leaves?"
    assert sorted((set(ENDS) | set(NOT_HERS)) - found) == []


@pytest.fixture
def leaver(organisation: object, now: dt.datetime) -> User:
    user = User.objects.create_user("rani@mitra.example", "a long enough password", name="Rani", role=Role.MANAGER)
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    return user


def invitation(email: str, by: User, now: dt.datetime) -> Invitation:
    number = Invitation.objects.count()
    return Invitation.objects.create(
        email=email, invited_by=by, token_sha256=f"{number:064}", expires_at=now + dt.timedelta(days=7)
    )


def test_whoever_leaves_opens_nothing_any_more_and_not_by_coming_back(
    leaver: User, owner: User, now: dt.datetime
) -> None:
    browser, others = Client(), Client()
    browser.force_login(leaver)
    others.force_login(owner)
    token = new_address(leaver, Wish(), at=now).rsplit("/", 1)[1].removesuffix(".ics")
    kept = new_address(owner, Wish(), at=now).rsplit("/", 1)[1].removesuffix(".ics")
    invitation("baru@contoh.example", leaver, now)
    invitation("rani@mitra.example", owner, now)
    reset = RESET_TOKENS.make_token(leaver)
    assert browser.get("/team/").status_code == others.get("/team/").status_code == 200
    deactivate(leaver, by=owner, at=now)
    assert (browser.get("/team/").status_code, others.get("/team/").status_code) == (302, 200)
    assert (feed_at(token), feed_at(kept) is None) == (None, False)
    assert Invitation.objects.unsettled().count() == 0
    leaver.refresh_from_db()
    assert not RESET_TOKENS.check_token(leaver, reset)
    assert not Client().login(email=leaver.email, password="a long enough password")
    reactivate(leaver, by=owner, at=now)
    assert (browser.get("/team/").status_code, feed_at(token)) == (302, None)
    assert Authenticator.objects.filter(user=leaver).exists(), "a second factor protects the account she comes back to"
    assert CalendarFeed.objects.filter(user=leaver, revoked_at=now).count() == 1
    assert Session.objects.count() == 1


def test_links_she_made_are_taken_back_and_those_of_others_stay(leaver: User, owner: User, now: dt.datetime) -> None:
    campaign = CampaignFactory(name="Glow", owner=owner)
    hers, _address = share(campaign, label="Board", language="en", at=now, user=leaver)
    others, _address = share(campaign, label="Agency", language="en", at=now, user=owner)
    deactivate(leaver, by=owner, at=now)
    assert list(ReportLink.objects.standing()) == [others]
    told = Entry.objects.get(verb="report.taken_back")
    assert (told.actor, told.sentence_en) == (owner, "Board may not read the report of Glow any more")
    assert hers.pk != others.pk


def test_a_secret_she_has_seen_is_made_anew_by_whoever_stays(leaver: User, owner: User, now: dt.datetime) -> None:
    brand = BrandFactory(name="Lumi")
    for name, closed_at in (("Toko", None), ("Lama", now)):
        OrderHook.objects.create(brand=brand, name=name, slug=name, secret="x", made_by=leaver, closed_at=closed_at)
    deactivate(leaver, by=owner, at=now)
    todo = Todo.objects.get()
    assert (todo.brand_ref, todo.due_at, "Rani" in todo.text, "Toko" in todo.text) == (brand.pk, now, True, True)
