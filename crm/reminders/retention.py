"""Words somebody wrote with a task that was settled long ago."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from crm.base.places import Outlived, kept_for
from crm.reminders.models import Todo


@kept_for(
    "task_words", label=_("Words quoted in tasks"), days=730, order=50,
    goes=_("What somebody wrote goes from a task that is done. The task stays; her story keeps what was about her."),
)  # fmt: skip
def old_quotes(before: dt.datetime, now: dt.datetime) -> Outlived:
    return Outlived(Todo.objects.filter(done_at__lt=before).exclude(quote=""), _take)


def _take(pks: Sequence[int]) -> int:
    return Todo.objects.filter(pk__in=pks).update(quote="")
