"""The tabs above the list: kept, renamed, shared, put in order, forgotten."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.influencers.actions import saved_views
from crm.influencers.actions.saved_views import ViewRefused
from crm.influencers.filters import PeopleFilter
from crm.influencers.forms.views import SavedViewForm, ViewForm
from crm.influencers.models import SavedView
from crm.influencers.models.saved_views import SavedViewQuerySet
from crm.influencers.vocabulary import PAGE, ViewWord, Vocabulary, vocabulary
from crm.team.models import User
from crm.team.views.access import me, needs


@dataclass(frozen=True)
class Tab:
    """One saved view above the list."""

    label: str
    url: str
    active: bool
    pk: int | None = None
    icon: str = ""
    icon_label: str = ""


@dataclass(frozen=True)
class ActiveView:
    """The tab the list was opened from, and whether its filter is still the one that is on."""

    view: ViewWord
    url: str
    is_changed: bool
    may_change: bool


@dataclass(frozen=True)
class Line:
    """One tab on the page that puts them in order."""

    view: ViewWord
    url: str
    sentence: str
    form: Any
    may_change: bool


def tabs_of(words: Vocabulary, asked: PeopleFilter) -> list[Tab]:
    """Everybody, what this colleague has kept, and what is shared."""
    home, here = reverse("people"), active_view(words, asked)
    shared = _("For everybody")
    kept = [
        Tab(
            view.name,
            url_of(view),
            active=view is here,
            pk=view.pk,
            icon="people" if view.is_shared else "",
            icon_label=shared if view.is_shared else "",
        )
        for view in words.views
    ]
    return [Tab(_("Everybody"), home, active=here is None and not asked.query), *kept]


def active_view(words: Vocabulary, asked: PeopleFilter) -> ViewWord | None:
    """The tab named in the address, or the one with this very filter."""
    named = next((view for view in words.views if view.pk == asked.asked.get("view")), None)
    return named or next((view for view in words.views if asked.query and view.query == asked.query), None)


def opened_view(words: Vocabulary, asked: PeopleFilter, user: User) -> ActiveView | None:
    """What the list says about the tab it was opened from."""
    view = active_view(words, asked)
    if view is None:
        return None
    return ActiveView(view, url_of(view), view.query != asked.query, may_change(view, user))


def may_change(view: ViewWord, user: User) -> bool:
    return view.is_own or user.has_perm("crm.change_shared_view")


def url_of(view: ViewWord) -> str:
    """The list as the tab opens it; it remembers which tab that was."""
    said = f"{view.query}&" if view.query else ""
    return f"{reverse('people')}?{said}view={view.pk}"


@require_safe
@needs("crm.view_influencer")
def views(request: HttpRequest) -> HttpResponse:
    """All tabs: what each shows, in words, and what may be done with it."""
    user = me(request)
    words = vocabulary(user)
    lines = [_line(view, words, user) for view in words.views]
    return render(request, "crm/influencers/views.html", {"lines": lines})


def _line(view: ViewWord, words: Vocabulary, user: User) -> Line:
    asked = PeopleFilter.read(QueryDict(view.query), words)
    initial = {"name": view.name, "is_shared": view.is_shared}
    form = ViewForm(initial=initial, auto_id=f"view-{view.pk}-%s")
    return Line(view, url_of(view), asked.sentence(user), form, may_change(view, user))


@require_POST
@needs("crm.view_influencer")
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the filter under a name; the same name again replaces it."""
    user = me(request)
    form = SavedViewForm(request.POST)
    home = reverse("people")
    if not form.is_valid():
        messages.error(request, _("Give the view a name of at most 40 letters."))
        return redirect(f"{home}?{request.POST.get('query', '')}")
    data = form.cleaned_data
    if data["is_shared"] and not user.has_perm("crm.share_view"):
        raise PermissionDenied
    query = _read(data["query"], user)
    try:
        saved_views.keep_view(user, PAGE, data["name"], query, is_shared=data["is_shared"], at=timezone.now())
    except ViewRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("“%(name)s” is kept as a tab.") % {"name": data["name"]})
    return redirect(f"{home}?{query}")


def _read(query: str, user: User) -> str:
    return PeopleFilter.read(QueryDict(query), vocabulary(user)).query


def _mine_to_change(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(_changeable(me(request)), pk=pk)


def _changeable(user: User) -> SavedViewQuerySet:
    return SavedView.objects.visible_to(user).changeable_by(user).of_page(PAGE)


@require_POST
@needs("crm.view_influencer")
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, or for other eyes."""
    view, user = _mine_to_change(request, pk), me(request)
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the view a name of at most 40 letters."))
        return redirect("people-views")
    shares = form.cleaned_data["is_shared"]
    if shares and not view.is_shared and not user.has_perm("crm.share_view"):
        raise PermissionDenied
    try:
        saved_views.change_view(view, name=form.cleaned_data["name"], is_shared=shares, at=timezone.now(), user=user)
    except ViewRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect("people-views")


@require_POST
@needs("crm.view_influencer")
def view_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """The tab shows the filter that is on, from now on."""
    view, user = _mine_to_change(request, pk), me(request)
    query = _read(request.POST.get("query", "")[:500], user)
    saved_views.change_filter(view, query, at=timezone.now(), user=user)
    messages.success(request, _("“%(name)s” shows this filter from now on.") % {"name": view.name})
    return redirect(f"{reverse('people')}?{query}&view={view.pk}")


@require_POST
@needs("crm.view_influencer")
def view_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place earlier or later among the tabs of its kind."""
    view, user = _mine_to_change(request, pk), me(request)
    among = SavedView.objects.of_page(PAGE)
    alike = among.shared() if view.is_shared else among.own(user).private()
    earlier = request.POST.get("way") == "earlier"
    saved_views.move_view(view, alike, earlier=earlier, at=timezone.now())
    return redirect("people-views")


@require_POST
@needs("crm.view_influencer")
def view_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a tab. The people in it stay."""
    view = _mine_to_change(request, pk)
    saved_views.forget_view(view, at=timezone.now(), user=me(request))
    messages.success(request, _("“%(name)s” is no longer a tab.") % {"name": view.name})
    return redirect("people")
