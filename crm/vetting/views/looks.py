"""Rating somebody, reading a profile, clearing a sign and letting it show again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import Disposition, serve_file
from crm.influencers.models import Influencer, SocialAccount
from crm.influencers.views.editing import person_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.vetting.actions import clear_sign, keep_sample, rate, withdraw_clearance
from crm.vetting.forms.looks import ClearForm, RatingForm, SampleForm
from crm.vetting.models import Clearance, Rating, Threshold
from crm.vetting.queries.rules import rules_on
from crm.vetting.queries.screening import screen
from crm.vetting.views.doors import FORM, Words, back, small_form, today_of


def account_of(person: Influencer, account: int) -> SocialAccount:
    return get_object_or_404(person.accounts.select_related("platform", "influencer"), pk=account)


@require_http_methods(FORM)
@needs("crm.rate_influencer")
def vetting_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """One colleague's opinion."""
    person, now, user = person_of(request, pk), timezone.now(), me(request)
    before = Rating.objects.standing().filter(influencer=person, rater=user).first()
    form = RatingForm(request.POST or None, before=before)
    words = Words(
        title=_("What do you think?"),
        lead=_("1 is weak, 5 is outstanding. Your newest opinion counts; your older ones stay as the trend."),
        verb=_("Rate"),
        done=_("Your rating counts."),
    )
    return small_form(
        request,
        person,
        form,
        lambda: rate(person, form.marks(), form.cleaned_data["note"], user=user, at=now),
        words,
    )


@require_http_methods(FORM)
@needs("crm.check_influencer")
def vetting_sample(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """What can be read off a profile by hand."""
    person, now, user = person_of(request, pk), timezone.now(), me(request)
    known = account_of(person, account)
    form = SampleForm(request.POST or None, today=today_of(request, now))
    words = Words(
        title=_("The profile of @%(handle)s") % {"handle": known.handle},
        lead=_("Leave empty what you did not count. An empty field is unknown, not zero."),
        verb=_("Keep it"),
        done=_("What you counted is on file."),
    )

    def save() -> None:
        sample = form.sample()
        sample.account, sample.taken_by = known, user
        keep_sample(sample, at=now, actor=Actor.user(user))

    return small_form(request, person, form, save, words)


@require_http_methods(FORM)
@needs("crm.clear_sign")
def vetting_clear(request: HttpRequest, pk: int, account: int, code: str) -> HttpResponse:
    """Somebody looked into a sign."""
    person, now, user = person_of(request, pk), timezone.now(), me(request)
    known, today = account_of(person, account), today_of(request, now)
    shown = screen([known], today)[0].sign(code)
    if shown is None or shown.clearance is not None:
        messages.info(request, _("This sign does not show any more."))
        return back(person)
    form = ClearForm(request.POST or None, request.FILES or None)
    rule = rules_on(today).get(Threshold.Code.CLEARANCE)
    words = Words(
        title=_("Clear a sign: %(sign)s") % {"sign": shown.sign.label},
        lead=_("It rests for %(days)s days and takes nothing off the score; then it is looked at again.")
        % {"days": int(rule.limit) if rule else 0},
        told=shown.sign.words,
        verb=_("Clear it"),
        done=_("The sign rests."),
    )
    return small_form(
        request,
        person,
        form,
        lambda: clear_sign(known, code, shown.sign.seen, form.looked(), rule=rule, on=today, user=user, at=now),
        words,
    )


@require_POST
@needs("crm.clear_sign")
def clearance_withdraw(request: HttpRequest, pk: int, clearance: int) -> HttpResponse:
    """Let a cleared sign show again."""
    person = person_of(request, pk)
    found = clearance_of(person, clearance)
    if withdraw_clearance(found, at=timezone.now(), actor=Actor.user(me(request))):
        messages.success(request, _("The sign shows again."))
    else:
        messages.info(request, _("Somebody had taken it back already."))
    return back(person)


def clearance_of(person: Influencer, pk: int) -> Clearance:
    rows = Clearance.objects.filter(account__influencer=person).select_related("account", "file")
    return get_object_or_404(rows, pk=pk)


@require_safe
@needs("crm.view_vetting")
def clearance_file(request: HttpRequest, pk: int, clearance: int) -> HttpResponseBase:
    """The file that came with a clearance."""
    found = clearance_of(person_of(request, pk), clearance)
    if found.file is None:
        raise Http404
    return serve_file(request, found.file, disposition=Disposition.INLINE)
