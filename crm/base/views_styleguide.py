"""The style guide: every component, light and dark side by side."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from crm.base.specimens import specimens, wrong_form


@login_required
@permission_required("crm.open_admin", raise_exception=True)
def styleguide(request: HttpRequest) -> HttpResponse:
    """Shows all components; a form sent from here only says so."""
    if request.method == "POST":
        messages.success(request, "Nothing was saved: this is the style guide.")
    sides = [("light", wrong_form("light")), ("dark", wrong_form("dark"))]
    return render(request, "crm/base/styleguide.html", {"sides": sides, **specimens(timezone.now())})
