"""Which contracts have a paper, and which still need one."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from crm.contracts.models.contracts import Contract  # noqa: F401


class OnPaper(models.QuerySet["Contract"]):
    """What the queries of contracts know about their papers."""

    def with_paper(self) -> Self:
        """With everything that is put on paper."""
        return self.select_related("brand", "owner", "paper", "document", "stamp_file", "amends")

    def without_paper(self) -> Self:
        """Signed, and no paper says so yet, or not what was amended since."""
        amendments = apps.get_model("crm", "Contract")._default_manager.filter(amends=OuterRef("pk"))
        newer = amendments.filter(signed_at__gt=OuterRef("document__created_at"))
        stale = Q(document__isnull=True) | Exists(newer)
        return self.filter(stale, signed_at__isnull=False).exclude(status="void")
