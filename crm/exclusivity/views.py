"""Forms and buttons for work elsewhere, on a person's page."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import Disposition, serve_file
from crm.base.zones import local_date
from crm.exclusivity.actions import outside as actions
from crm.exclusivity.actions.suspecting import keep_seen_post
from crm.exclusivity.barred import BarLine, lines_of, people_barred
from crm.exclusivity.forms import DealForm, SeenDealForm, ToldDealForm
from crm.exclusivity.forms.barred import BarredForm
from crm.exclusivity.models import BreachCase, Finding, OutsideDeal
from crm.exclusivity.timeline import timeline
from crm.influencers.models import Influencer
from crm.influencers.views.editing import FormPage, back, edit, person_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

PAGE = 25
FORM = ["GET", "HEAD", "POST"]
SECTION = "elsewhere"


def deal_of(request: HttpRequest, person: Influencer, pk: int) -> OutsideDeal:
    """A deal of this person that the colleague may see, or 404."""
    rows = OutsideDeal.objects.visible_to(me(request)).select_related("influencer", "brand", "category", "file")
    return get_object_or_404(rows, influencer=person, pk=pk)


@require_http_methods(FORM)
@needs("crm.change_outsidedeal")
def deal_told(request: HttpRequest, pk: int) -> HttpResponse:
    """Her side told that she works for somebody else."""
    person = person_of(request, pk)
    page = FormPage(
        title=_("Works for another brand"),
        lead=_("What she, her agent or somebody else told you. Leave out the days you do not know."),
        verb=_("Keep it"),
        done=_("The other work is on file."),
        section=SECTION,
    )
    return _new(request, person, ToldDealForm, OutsideDeal.Source.DECLARED, page)


@require_http_methods(FORM)
@needs("crm.change_outsidedeal")
def deal_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """A post for another brand was seen."""
    person = person_of(request, pk)
    page = FormPage(
        title=_("Saw a post for another brand"),
        lead=_("With its address or a screenshot, so that it can still be shown when the post is gone."),
        verb=_("Keep it"),
        done=_("The post is on file."),
        section=SECTION,
    )
    user, now = me(request), timezone.now()
    met: list[Finding] = []
    form = _blank(request, person, SeenDealForm, OutsideDeal.Source.OBSERVED)
    save = lambda: met.extend(keep_seen_post(form.deal(), file=form.file, by=user, at=now))  # noqa: E731
    response = edit(request, person, form, save, page)
    return _to_what_it_met(request, met) or response


def _to_what_it_met(request: HttpRequest, met: list[Finding]) -> HttpResponse | None:
    """To the case, or to the finding, where the colleague may know of it."""
    found = Finding.objects.visible_to(me(request)).filter(pk__in=[one.pk for one in met]).worst_first().first()
    if found is None:
        return None
    case = BreachCase.objects.visible_to(me(request)).filter(finding=found).first()
    if case is not None and me(request).has_perm("crm.view_case"):
        messages.warning(request, _("It may break a promise. A case is open; nobody was told outside."))
        return redirect("case", case.pk)
    messages.info(request, _("It may touch a promise. Look at both sides."))
    return redirect("finding", found.pk)


def _blank(request: HttpRequest, person: Influencer, form_class: type[DealForm], source: str) -> DealForm:
    user = me(request)
    blank = OutsideDeal(influencer=person, zone=person.zone, source=source, author=user)
    return form_class(
        request.POST or None,
        request.FILES or None,
        instance=blank,
        user=user,
        today=local_date(timezone.now(), user.zone),
    )


def _new(
    request: HttpRequest, person: Influencer, form_class: type[DealForm], source: str, page: FormPage
) -> HttpResponse:
    user, now = me(request), timezone.now()
    form = _blank(request, person, form_class, source)
    return edit(
        request,
        person,
        form,
        lambda: actions.add_deal(form.deal(), file=form.file, at=now, actor=Actor.user(user)),
        page,
    )


@require_http_methods(FORM)
@needs("crm.change_outsidedeal")
def deal_edit(request: HttpRequest, pk: int, deal: int) -> HttpResponse:
    """More is known of it now."""
    person, user, now = person_of(request, pk), me(request), timezone.now()
    known = deal_of(request, person, deal)
    form = DealForm(
        request.POST or None, request.FILES or None, instance=known, user=user, today=local_date(now, user.zone)
    )
    page = FormPage(title=_("Work for %(brand)s") % {"brand": known.brand_name}, verb=_("Save"), section=SECTION)

    def save() -> None:
        actions.change_deal(form.deal(), file=form.file, seen=form.seen, at=now, actor=Actor.user(user))

    return edit(request, person, form, save, page, remove=("deal-remove", known.pk))


@require_POST
@needs("crm.change_outsidedeal")
def deal_confirm(request: HttpRequest, pk: int, deal: int) -> HttpResponse:
    """Somebody made sure."""
    person = person_of(request, pk)
    known = deal_of(request, person, deal)
    if actions.confirm_deal(known, me(request), at=timezone.now(), actor=Actor.user(me(request))):
        messages.success(request, _("The work for %(brand)s is confirmed.") % {"brand": known.brand_name})
    else:
        messages.info(request, _("Somebody had confirmed it already."))
    return back(person, SECTION)


@require_POST
@needs("crm.change_outsidedeal")
def deal_doubt(request: HttpRequest, pk: int, deal: int) -> HttpResponse:
    """It is not sure after all."""
    person = person_of(request, pk)
    known = deal_of(request, person, deal)
    if actions.doubt_deal(known, at=timezone.now(), actor=Actor.user(me(request))):
        messages.success(request, _("The work for %(brand)s is not sure any more.") % {"brand": known.brand_name})
    else:
        messages.info(request, _("It was not confirmed."))
    return back(person, SECTION)


@require_POST
@needs("crm.change_outsidedeal")
def deal_remove(request: HttpRequest, pk: int, deal: int) -> HttpResponse:
    """It was a mistake."""
    person = person_of(request, pk)
    actions.remove_deal(deal_of(request, person, deal), at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(request, _("Removed. The story keeps what it said."))
    return back(person, SECTION)


@require_safe
@needs("crm.view_outsidedeal")
def deal_file(request: HttpRequest, pk: int, deal: int) -> HttpResponseBase:
    """The screenshot, for whoever may see the deal."""
    known = deal_of(request, person_of(request, pk), deal)
    if known.file is None:
        return back(known.influencer, SECTION)
    return serve_file(request, known.file, disposition=Disposition.INLINE)


@require_safe
@needs("crm.view_influencer")
def barred_people(request: HttpRequest) -> HttpResponse:
    """Who is barred from a category, and until when."""
    user, now = me(request), timezone.now()
    form = BarredForm(request.GET or None)
    category = form.chosen
    page = Paginator(people_barred(user, now, category), PAGE).get_page(request.GET.get("page"))
    lines = lines_of(page.object_list, user, now, category=category)
    told = [(person, [line for line in lines if line.person.pk == person.pk]) for person in page.object_list]
    rows = by_category(lines) if form.is_by_category else [(one.stage_name, _page_of(one), mine) for one, mine in told]
    context = {"form": form, "category": category, "page_obj": page, "told": told,
               "chart": timeline(rows, local_date(now, user.zone)) if rows else None}  # fmt: skip
    return render(request, "crm/exclusivity/barred_people.html", context)


def by_category(lines: Iterable[BarLine]) -> list[tuple[str, str, list[BarLine]]]:
    """Rows of the picture with one category beneath the other, and in each everybody who is barred from it."""
    beside: dict[tuple[str, str, int], list[BarLine]] = defaultdict(list)
    for line in lines:
        beside[line.what, line.person.stage_name, line.person.pk].append(line)
    return [
        (f"{what} · {name.split()[0]}", reverse("person", args=[pk]), mine)
        for (what, name, pk), mine in sorted(beside.items(), key=lambda pair: pair[0])
    ]


def _page_of(person: Influencer) -> str:
    return reverse("person", args=[person.pk])
