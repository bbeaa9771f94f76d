"""The style guide: every component, light and dark side by side."""

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@staff_member_required(login_url="account_login")
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "crm/base/styleguide.html")
