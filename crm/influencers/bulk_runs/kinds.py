"""Every kind of work on many people: what it is called, what it does, and what takes it back."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.influencers.bulk_runs import together
from crm.influencers.bulk_runs.together import Act, in_batches


@dataclass(frozen=True)
class Kind:
    """One kind of work; `size` people at a time."""

    title: Any
    act: Act
    undo: str = ""
    size: int = 500


KINDS: dict[str, Kind] = {
    "owner": Kind(_("Give to a colleague"), in_batches(together.assign)),
    "niche": Kind(_("Add a niche"), in_batches(together.add_niche)),
    "tag": Kind(_("Tag"), in_batches(together.add_tag)),
    "archive": Kind(_("Archive"), in_batches(together.archive), undo="restore"),
    "restore": Kind(_("Take out of the archive"), in_batches(together.restore), undo="archive"),
}
