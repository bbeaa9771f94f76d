"""Tabs above a list: kept, renamed, shared, put in order, forgotten."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.influencers.models import SavedView
from crm.influencers.models.saved_views import SavedViewQuerySet
from crm.team.models import User
from crm.timeline.record import Actor, record

MOST_VIEWS = 12


class ViewRefused(Exception):
    """The tab stays as it is; `str(error)` says why and what to do."""


def keep_view(user: User, page: str, name: str, query: str, *, is_shared: bool, at: dt.datetime) -> SavedView:
    """Keep a filter under a name; her own tab of that name gets the filter instead. Raises `ViewRefused`."""
    alike = SavedView.objects.of_page(page).shared() if is_shared else SavedView.objects.own(user).of_page(page)
    known = SavedView.objects.own(user).of_page(page).filter(name=name)
    if alike.count() >= MOST_VIEWS and not known.exists():
        raise ViewRefused(_now("There are %(most)s such views already. Forget one first.") % {"most": MOST_VIEWS})
    kept = {"query": query, "is_shared": is_shared}
    made = {**kept, "position": _behind(alike.in_order())}
    try:
        with transaction.atomic():
            view, _is_new = SavedView.objects.update_or_create(
                user=user, page=page, name=name, defaults=kept, create_defaults=made
            )
            _tell(view, _("Keeps “%(name)s” as a tab for everybody"), at, user)
    except IntegrityError:
        raise _taken(name) from None
    return view


def change_view(view: SavedView, *, name: str, is_shared: bool, at: dt.datetime, user: User) -> None:
    """Another name, or for other eyes. Raises `ViewRefused`."""
    was_shared = view.is_shared
    changes = {"name": (view.name, name), "is_shared": (view.is_shared, is_shared)}
    try:
        with transaction.atomic():
            changed = SavedView.objects.filter(pk=view.pk, name=view.name, is_shared=view.is_shared)
            if not changed.update(name=name, is_shared=is_shared, updated_at=at):
                raise ViewRefused(_now("Somebody changed this view at this moment. Look at it, then try again."))
            view.name, view.is_shared = name, is_shared
            _tell(view, _("Changed the tab “%(name)s”"), at, user, changes, was_shared=was_shared)
    except IntegrityError:
        raise _taken(name) from None


def change_filter(view: SavedView, query: str, *, at: dt.datetime, user: User) -> None:
    """The tab shows another filter from now on."""
    with transaction.atomic():
        SavedView.objects.filter(pk=view.pk).update(query=query, updated_at=at)
        _tell(view, _("Gave the tab “%(name)s” another filter"), at, user, {"query": (view.query, query)})
    view.query = query


def move_view(view: SavedView, among: SavedViewQuerySet, *, earlier: bool, at: dt.datetime) -> None:
    """One place to the left or right among its like."""
    with transaction.atomic():
        order = list(among.select_for_update().in_order().values_list("pk", flat=True))
        here = order.index(view.pk)
        there = max(0, here - 1) if earlier else min(len(order) - 1, here + 1)
        order.insert(there, order.pop(here))
        for position, pk in enumerate(order, 1):
            SavedView.objects.filter(pk=pk).update(position=position, updated_at=at)


def forget_view(view: SavedView, *, at: dt.datetime, user: User) -> None:
    """Take the tab away. The people in it stay."""
    with transaction.atomic():
        _tell(view, _("Took the tab “%(name)s” away"), at, user, {"query": (view.query, "")})
        view.delete()


def _behind(views: SavedViewQuerySet) -> int:
    last = views.last()
    return last.position + 1 if last else 1


def _taken(name: str) -> ViewRefused:
    return ViewRefused(_now("There is a view called “%(name)s” already. Choose another name.") % {"name": name})


def _tell(
    view: SavedView,
    sentence: Any,
    at: dt.datetime,
    user: User,
    changes: dict[str, tuple[Any, Any]] | None = None,
    *,
    was_shared: bool = False,
) -> None:
    """What everybody sees is told; what somebody keeps for herself is her own affair."""
    if view.is_shared or was_shared:
        record(
            "view.changed",
            sentence,
            params={"name": view.name},
            at=at,
            actor=Actor.user(user),
            subject=view,
            changes=changes,
        )
