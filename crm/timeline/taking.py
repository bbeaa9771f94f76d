"""Files with bank, tax or signature of a person: whoever takes one along is told in the story, like a look at a number."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

TAKEN = _("%(file)s was taken as a file")


def tell_taken(verb: str, thing: Any, file: str, *, by: "User", at: dt.datetime) -> None:
    """`thing` is about one person and one brand; `file` is what the file is called. Never what stands in it."""
    record(
        verb, TAKEN, at=at, actor=Actor.user(by), subject=thing, params={"file": file}, influencer=thing.influencer_id,
        brand=thing.brand_id,
    )  # fmt: skip
