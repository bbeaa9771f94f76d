"""The library: a version kept to begin with, and put away when it has had its day."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.briefs.content import as_json, content_of
from campaigns.briefs.models import BriefTemplate, BriefVersion
from crm.brands.models import Brand
from crm.timeline.record import Actor, record


def keep_version(
    version: BriefVersion, *, name: str, brand: Brand | None, at: dt.datetime, actor: Actor
) -> BriefTemplate:
    """A brief of the library that says what this version says. Raises ValidationError when the name is taken."""
    campaign = version.brief.campaign
    kept = BriefTemplate(
        name=name,
        brand=brand,
        category=campaign.category,
        language=version.language,
        content=as_json(content_of(version)),
    )
    taken = BriefTemplate.objects.filter(name__iexact=name, brand=brand)
    try:
        with transaction.atomic():
            if taken.exists():
                raise IntegrityError
            kept.save()
            record("brief.kept", KEPT, params={"name": name, "n": version.number, "campaign": campaign},
                   at=at, actor=actor, subject=kept, brand=campaign.brand_id)  # fmt: skip
    except IntegrityError as refused:
        raise ValidationError({"name": _("The library has a brief of this name already. Choose another.")}) from refused
    return kept


def retire(template: BriefTemplate, *, at: dt.datetime, actor: Actor) -> bool:
    """Nobody begins with it any more; False when it is put away already."""
    return _set(template, at, "brief.template_retired", RETIRED, at=at, actor=actor)


def bring_back(template: BriefTemplate, *, at: dt.datetime, actor: Actor) -> bool:
    """It is offered again; False when it is offered already."""
    return _set(template, None, "brief.template_back", BACK, at=at, actor=actor)


def _set(
    template: BriefTemplate,
    retired_at: dt.datetime | None,
    verb: str,
    sentence: object,
    *,
    at: dt.datetime,
    actor: Actor,
) -> bool:
    with transaction.atomic():
        other = BriefTemplate.objects.filter(pk=template.pk, retired_at__isnull=retired_at is not None)
        if not other.update(retired_at=retired_at, updated_at=at):
            return False
        record(verb, sentence, params={"name": template}, at=at, actor=actor, subject=template, brand=template.brand_id)
    template.retired_at = retired_at
    return True


KEPT = gettext_lazy("Kept version %(n)s of the brief of %(campaign)s in the library as “%(name)s”")
RETIRED = gettext_lazy("Put the brief “%(name)s” of the library away")
BACK = gettext_lazy("Offered the brief “%(name)s” of the library again")
