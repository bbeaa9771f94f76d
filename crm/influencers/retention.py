"""Somebody we once noted and never worked with: a person decides whether she stays. And the files people came from."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.files.letting_go import bytes_go
from crm.base.places import Outlived, kept_for
from crm.influencers.models import ImportRow, ImportRun, Influencer, Representation
from crm.outbox.topics import Purpose
from crm.preferences.models import Consent
from crm.timeline.models import Entry


@kept_for(
    "prospects", label=_("People we noted and never worked with"), days=730, asks_first=True, order=10,
    goes=_("Nobody goes by herself: each is a question. A prospect who agreed to a profile is not asked about."),
)  # fmt: skip
def old_prospects(before: dt.datetime, now: dt.datetime) -> Outlived:
    """Prospects nothing was written about since then, and who never agreed that we keep a profile."""
    agreed = Consent.objects.open().about(Purpose.PROFILE).filter(contact=OuterRef("contact"))
    hers = Representation.objects.filter(influencer=OuterRef("pk"))
    lately = Entry.objects.filter(influencer=OuterRef("pk"), at__gte=before)
    rows = Influencer.objects.unmerged().only_noted().not_forgotten().filter(created_at__lt=before)
    rows = rows.exclude(Exists(lately)).exclude(Exists(hers.filter(Exists(agreed))))
    return Outlived(rows, shown=lambda person: (person.stage_name, reverse("person", args=[person.pk])))


@kept_for(
    "import_files", label=_("Files people were imported from"), days=180, order=70,
    goes=_("The file and its lines as they stood go. What came of each line stays, and an import can still be taken back."),
)  # fmt: skip
def old_files(before: dt.datetime, now: dt.datetime) -> Outlived:
    rows = ImportRun.objects.filter(finished_at__lt=before).exclude(file="")
    return Outlived(rows, _take_files, lambda run: (str(run), reverse("import-run", args=[run.pk])))


def _take_files(pks: Sequence[int]) -> int:
    runs = list(ImportRun.objects.filter(pk__in=pks).select_for_update(of=("self",)))
    ImportRow.objects.filter(run__in=runs).exclude(cells=[]).update(cells=[])
    ImportRun.objects.filter(pk__in=pks).update(file="")
    bytes_go(run.file for run in runs)
    return len(runs)
