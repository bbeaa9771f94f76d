"""Forms for a person's accounts and their numbers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.zones import local_date
from crm.influencers.actions import accounts
from crm.influencers.forms.accounts import AccountForm, SnapshotForm
from crm.influencers.models import MetricSnapshot, SocialAccount
from crm.influencers.views.editing import FormPage, back, edit, person_of
from crm.influencers.vocabulary import vocabulary
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]
SECTION = "accounts"


@require_http_methods(FORM)
@needs("crm.change_influencer")
def account_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Another account."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    form = AccountForm(request.POST or None, tiers=vocabulary(me(request)).tiers)
    page = FormPage(title=_("Add an account"), verb=_("Add"), done=_("The account is on file."), section=SECTION)
    return edit(request, person, form, lambda: accounts.add_account(person, form.instance, at=now, actor=actor), page)


@require_http_methods(FORM)
@needs("crm.change_influencer")
def account_edit(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """Another handle, another count."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    known = get_object_or_404(person.accounts.select_related("platform", "influencer"), pk=account)
    form = AccountForm(request.POST or None, instance=known, tiers=vocabulary(me(request)).tiers)
    page = FormPage(title=_("Account"), verb=_("Save"), section=SECTION)
    return edit(
        request,
        person,
        form,
        lambda: accounts.change_account(form.instance, seen=form.seen, at=now, actor=actor, recounted=form.recounted),
        page,
        remove=("account-remove", known.pk),
    )


@require_POST
@needs("crm.change_influencer")
def account_remove(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """Take an account away."""
    person = person_of(request, pk)
    known = get_object_or_404(person.accounts.select_related("platform", "influencer"), pk=account)
    accounts.remove_account(known, at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(request, _("The account @%(handle)s is gone.") % {"handle": known.handle})
    return back(person, SECTION)


@require_http_methods(FORM)
@needs("crm.change_influencer")
def snapshot_new(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """Numbers counted by hand."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    known: SocialAccount = get_object_or_404(person.accounts.select_related("platform", "influencer"), pk=account)
    form = SnapshotForm(
        request.POST or None, instance=MetricSnapshot(account=known), today=local_date(now, me(request).zone)
    )
    page = FormPage(
        title=_("Numbers of @%(handle)s") % {"handle": known.handle},
        lead=_("Leave empty what you did not count. An empty field is unknown, not zero."),
        verb=_("Keep them"),
        done=_("The numbers are on file."),
        section=SECTION,
    )

    def save() -> None:
        form.instance.taken_at = form.taken_at(now)
        accounts.add_snapshot(form.instance, at=now, actor=actor)

    return edit(request, person, form, save, page)


@require_POST
@needs("crm.change_influencer")
def snapshot_withdraw(request: HttpRequest, pk: int, snapshot: int) -> HttpResponse:
    """These numbers were wrong."""
    person = person_of(request, pk)
    found = get_object_or_404(
        MetricSnapshot.objects.filter(account__influencer=person).select_related("account__influencer"), pk=snapshot
    )
    if accounts.withdraw_snapshot(found, at=timezone.now(), actor=Actor.user(me(request))):
        messages.success(request, _("These numbers count no more."))
    else:
        messages.info(request, _("Somebody had withdrawn them already."))
    return back(person, SECTION)
