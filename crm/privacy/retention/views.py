"""How long what is kept, what the next look would take, and the yes to what only goes with one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from crm.privacy.retention.page import lines, one_rule
from crm.privacy.retention.rules import Keeping, every_keeping
from crm.privacy.retention.running import let_go
from crm.privacy.tabs import tabs_for
from crm.team.views.access import me, needs
from crm.timeline.record import Actor


@require_safe
@needs("crm.view_privacy")
def retention(request: HttpRequest) -> HttpResponse:
    context = {"lines": lines(timezone.now()), "tabs": tabs_for(me(request), "privacy-retention")}
    return render(request, "crm/privacy/retention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.view_privacy")
def retention_rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule: what is older than it allows; pressed, what waits for a yes goes now."""
    found, now = _keeping(key), timezone.now()
    if request.method == "POST":
        if not me(request).has_perm("crm.end_keeping"):
            raise PermissionDenied
        gone = let_go(found, by=Actor.user(me(request)), now=now)
        said = ngettext("%(number)s has gone.", "%(number)s have gone.", gone) % {"number": gone}
        messages.success(request, said if gone else _("Nothing was older than that any more."))
        return redirect("privacy-retention-rule", key=key)
    return render(request, "crm/privacy/retention_rule.html", {"page": one_rule(found, now)})


def _keeping(key: str) -> Keeping:
    found = next((keeping for keeping in every_keeping() if keeping.key == key), None)
    if found is None:
        raise Http404
    return found
