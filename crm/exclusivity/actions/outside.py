"""Outside deals: written down, corrected, confirmed, taken away, each with its line in the story."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile, keep
from crm.base.models import Organisation
from crm.brands.models import Brand
from crm.exclusivity.models import OutsideDeal
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo, settle_todo
from crm.team.models import User
from crm.timeline.edits import save_edit
from crm.timeline.record import Actor, record, subject_of

FIELDS = (
    "brand", "brand_name", "category", "start_on", "end_on", "is_exclusive", "channel", "said_by", "as_said", "url",
    "file", "note",
)  # fmt: skip
ADDED: dict[str, Any] = {
    OutsideDeal.Source.DECLARED: _("Works for %(brand)s elsewhere, as she says"),
    OutsideDeal.Source.OBSERVED: _("A post for %(brand)s was seen"),
    OutsideDeal.Source.IMPORTED: _("Works for %(brand)s elsewhere, as a file says"),
}


def brands_called(names: Iterable[str], user: User | None) -> dict[str, Brand]:
    """Brands on file by their names in small letters, as far as the colleague may see them. One query."""
    wanted = {name.casefold() for name in names}
    seen = Brand.objects.visible_to(user) if user is not None else Brand.objects.all()
    return {brand.name.casefold(): brand for brand in seen if brand.name.casefold() in wanted}


def know_brand(deal: OutsideDeal, brand: Brand | None) -> None:
    """Tie a deal to the brand on file, whose category it takes when none was named."""
    deal.brand = brand
    if brand is not None:
        deal.brand_name = brand.name
        deal.category_id = deal.category_id or brand.category_id


def add_deal(deal: OutsideDeal, *, file: SafeFile | None, at: dt.datetime, actor: Actor) -> OutsideDeal:
    """Write a deal down, with the screenshot that shows it."""
    with transaction.atomic():
        if file is not None:
            deal.file = keep(file, by=actor.label)
        deal.save(force_insert=True)
        record(
            "outside_deal.added",
            ADDED[deal.source],
            channel=deal.channel,
            quote=deal.as_said,
            file=deal.file,
            **_about(deal, at, actor),
        )
    return deal


def change_deal(deal: OutsideDeal, *, file: SafeFile | None, seen: dt.datetime, at: dt.datetime, actor: Actor) -> bool:
    """Save what changed. Raises `ChangedMeanwhile`."""
    with transaction.atomic():
        if file is not None:
            deal.file = keep(file, by=actor.label)
        verb, sentence = "outside_deal.changed", _("Changed what is known of the work for %(brand)s")
        changed = save_edit(
            deal, seen=seen, fields=FIELDS, private=("said_by",), verb=verb, sentence=sentence,
            **_about(deal, at, actor),
        )  # fmt: skip
        if changed:
            # What somebody put her hand to is hers: it does not leave with the import that brought it.
            OutsideDeal.objects.filter(pk=deal.pk).update(import_run=None)
    return changed


def confirm_deal(deal: OutsideDeal, by: User, *, at: dt.datetime, actor: Actor) -> bool:
    """Somebody made sure of it; False when somebody did before."""
    with transaction.atomic():
        unsure = OutsideDeal.objects.filter(pk=deal.pk, confirmed_at=None)
        if not unsure.update(confirmed_at=at, confirmed_by=by, updated_at=at):
            return False
        record("outside_deal.confirmed", _("The work for %(brand)s is confirmed"), **_about(deal, at, actor))
        _nothing_to_ask(deal, by, at)
    return True


def doubt_deal(deal: OutsideDeal, *, at: dt.datetime, actor: Actor) -> bool:
    """It is not sure after all; False when it was not before either."""
    with transaction.atomic():
        sure = OutsideDeal.objects.filter(pk=deal.pk, confirmed_at__isnull=False)
        if not sure.update(confirmed_at=None, confirmed_by=None, updated_at=at):
            return False
        record("outside_deal.doubted", _("The work for %(brand)s is not sure any more"), **_about(deal, at, actor))
    return True


def remove_deal(deal: OutsideDeal, *, at: dt.datetime, actor: Actor) -> None:
    """It was a mistake. The story keeps what it said."""
    days = ("start_on", "end_on", "url", "as_said", "note")
    changes = {name: (getattr(deal, name), "") for name in days if getattr(deal, name)}
    with transaction.atomic():
        _nothing_to_ask(deal, None, at)
        record("outside_deal.removed", _("Removed the work for %(brand)s"), changes=changes, **_about(deal, at, actor))
        deal.delete()


def ask_to_make_sure(deal: OutsideDeal, *, at: dt.datetime) -> None:
    """A task for whoever looks after her: ask what it covers, look at the contract, confirm it."""
    person = deal.influencer
    owner = person.owner
    leave_todo(
        task_of(deal),
        _("%(name)s says that she works for %(brand)s. Ask what it covers, then confirm it."),
        language=(owner.language if owner else "") or Organisation.load().language,
        params={"name": person.stage_name, "brand": deal.brand_name},
        kind=Todo.Kind.CHECK,
        owner=owner,
        due_at=at,
        quote=deal.as_said,
        influencer_ref=person.pk,
        influencer_label=person.stage_name,
        brand_ref=deal.brand_id,
        subject=subject_of(deal),
    )


def task_of(deal: OutsideDeal) -> str:
    return f"outside-deal:{deal.pk}"


def _nothing_to_ask(deal: OutsideDeal, by: User | None, at: dt.datetime) -> None:
    for todo in Todo.objects.open().filter(key=task_of(deal)):
        settle_todo(todo, by=by, at=at)


def _about(deal: OutsideDeal, at: dt.datetime, actor: Actor) -> dict[str, Any]:
    """Whose story it belongs to; a deal with a brand of ours is told only to those who may see that brand."""
    return {
        "params": {"brand": deal.brand_name},
        "at": at,
        "actor": actor,
        "subject": deal,
        "influencer": deal.influencer_id,
        "brand": deal.brand_id,
    }
