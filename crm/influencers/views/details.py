"""Forms for addresses, prices, notes and days off."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.formats import day_words, money_full
from crm.base.zones import local_date
from crm.influencers.actions.details import Detail, add_detail, change_detail, remove_detail
from crm.influencers.actions.prices import add_rate, change_rate
from crm.influencers.forms.details import INDONESIA, AddressForm, DayOffForm, NoteForm
from crm.influencers.forms.prices import RateForm
from crm.influencers.models import Address, DayOff, Influencer, Note, RateCard
from crm.influencers.views.editing import FormPage, back, edit, person_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]
KINDS: dict[str, type[Detail]] = {"addresses": Address, "prices": RateCard, "notes": Note, "days-off": DayOff}


def _country(request: HttpRequest, stored: str) -> str:
    """The country whose form is shown: the one sent, the one asked for, the one on file."""
    wished = request.POST.get("country") or request.GET.get("country") or stored or INDONESIA
    return wished.upper()[:2]


def _address_form(request: HttpRequest, address: Address, initial: dict[str, str]) -> AddressForm:
    """The form of the country. When only the country was chosen, what is typed comes along unchecked."""
    country = _country(request, str(address.country or ""))
    if "relay" in request.POST:
        return AddressForm(instance=address, country=country, initial=request.POST.dict())
    return AddressForm(request.POST or None, instance=address, country=country, initial=initial)


@require_http_methods(FORM)
@needs("crm.change_influencer")
def address_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Where parcels go."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    initial = {"recipient": person.legal_name or person.stage_name, "city": person.city}
    form = _address_form(request, Address(influencer=person, country=person.country or INDONESIA), initial)
    page = FormPage(title=_("Add an address"), verb=_("Add"), done=_("The address is on file."), section="details")
    return edit(
        request,
        person,
        form,
        lambda: add_detail(form.instance, at=now, actor=actor),
        page,
        follows_country=True,
    )


@require_http_methods(FORM)
@needs("crm.change_influencer")
def address_edit(request: HttpRequest, pk: int, detail: int) -> HttpResponse:
    """Another street, another phone."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    known = get_object_or_404(Address.objects.select_related("influencer"), influencer=person, pk=detail)
    form = _address_form(request, known, {})
    page = FormPage(title=_("Address"), verb=_("Save"), section="details")
    return edit(
        request,
        person,
        form,
        lambda: change_detail(form.instance, seen=form.seen, at=now, actor=actor),
        page,
        follows_country=True,
        remove=("detail-remove", "addresses", known.pk),
    )


@require_http_methods(FORM)
@needs("crm.change_influencer")
def rate_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A price she named."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    today = local_date(now, me(request).zone)
    form = RateForm(request.POST or None, instance=RateCard(influencer=person), today=today)
    page = FormPage(title=_("Add a price"), verb=_("Add"), done=_("The price is on file."), section="prices")

    def save() -> None:
        replaced = add_rate(form.rate(), at=now, actor=actor)
        if replaced is not None:
            last = day_words(form.instance.valid_from - dt.timedelta(days=1))
            words = {"price": money_full(replaced.price), "day": last}
            messages.info(request, _("The price before it, %(price)s, ends on %(day)s.") % words)

    return edit(request, person, form, save, page)


@require_http_methods(FORM)
@needs("crm.change_influencer")
def rate_edit(request: HttpRequest, pk: int, detail: int) -> HttpResponse:
    """Another price for the same."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    known = get_object_or_404(RateCard.objects.select_related("influencer"), influencer=person, pk=detail)
    form = RateForm(request.POST or None, instance=known, today=local_date(now, me(request).zone))
    page = FormPage(title=_("Price"), verb=_("Save"), section="prices")
    return edit(
        request,
        person,
        form,
        lambda: change_rate(form.rate(), seen=form.seen, at=now, actor=actor),
        page,
        remove=("detail-remove", "prices", known.pk),
    )


@require_http_methods(FORM)
@needs("crm.change_influencer")
def note_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Something worth remembering."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    form = NoteForm(request.POST or None, instance=Note(influencer=person, author=me(request)))
    page = FormPage(title=_("Write a note"), verb=_("Keep it"), done=_("The note is on file."), section="notes")
    return edit(request, person, form, lambda: add_detail(form.instance, at=now, actor=actor), page)


@require_http_methods(FORM)
@needs("crm.change_influencer")
def note_edit(request: HttpRequest, pk: int, detail: int) -> HttpResponse:
    """Say it better."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    known = get_object_or_404(Note.objects.select_related("influencer"), influencer=person, pk=detail)
    form = NoteForm(request.POST or None, instance=known)
    page = FormPage(title=_("Note"), verb=_("Save"), section="notes")
    return edit(
        request,
        person,
        form,
        lambda: change_detail(form.instance, seen=form.seen, at=now, actor=actor),
        page,
        remove=("detail-remove", "notes", known.pk),
    )


@require_http_methods(FORM)
@needs("crm.change_influencer")
def day_off_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Days on which she wants to hear from nobody."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    form = DayOffForm(request.POST or None, instance=DayOff(influencer=person))
    page = FormPage(
        title=_("Days off"),
        lead=_("Mitra keeps quiet on these days; what falls on them goes out before or after."),
        verb=_("Keep them"),
        done=_("The days off are on file."),
        section="details",
    )
    return edit(request, person, form, lambda: add_detail(form.instance, at=now, actor=actor), page)


@require_POST
@needs("crm.change_influencer")
def detail_remove(request: HttpRequest, pk: int, kind: str, detail: int) -> HttpResponse:
    """Take an address, a price, a note or days off away."""
    person: Influencer = person_of(request, pk)
    rows = KINDS[kind]._default_manager.select_related("influencer").filter(influencer=person)
    remove_detail(get_object_or_404(rows, pk=detail), at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(request, _("Removed. The story keeps what it said."))
    return back(person, "notes" if kind == "notes" else "details")
