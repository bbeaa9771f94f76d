"""The files other things than people came from."""

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.files.letting_go import bytes_go
from crm.base.places import Outlived, kept_for
from crm.intake.models import Intake, IntakeLine


@kept_for(
    "intake_files", label=_("Files other things were imported from"), days=180, order=71,
    goes=_("The file and its lines as they stood go. What came of each line stays, and an import can still be taken back."),
)  # fmt: skip
def old_files(before: dt.datetime, now: dt.datetime) -> Outlived:
    rows = Intake.objects.filter(finished_at__lt=before).exclude(file="")
    return Outlived(rows, _take, lambda run: (str(run), reverse("intake", args=[run.pk])))


def _take(pks: Sequence[int]) -> int:
    runs = list(Intake.objects.filter(pk__in=pks).select_for_update(of=("self",)))
    IntakeLine.objects.filter(run__in=runs).exclude(cells=[]).update(cells=[])
    Intake.objects.filter(pk__in=pks).update(file="")
    bytes_go(run.file for run in runs)
    return len(runs)
