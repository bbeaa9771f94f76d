"""The organisation's settings, and a test message through its mail server."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.base.models import Organisation
from crm.outbox.reasons import in_words
from crm.team.emails import send_test_letter, try_now
from crm.team.forms import SettingsForm
from crm.team.house import change_settings
from crm.team.queries import last_test_letter, mail_server
from crm.team.views.access import me, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.change_settings")
def settings(request: HttpRequest) -> HttpResponse:
    """Name, address, language, zone, reminders, brand walls."""
    house = Organisation.load()
    before = {name: getattr(house, name) for name in SettingsForm.Meta.fields}
    form = SettingsForm(request.POST or None, instance=house)
    if request.method == "POST" and form.is_valid():
        change_settings(form.instance, before, by=me(request), at=timezone.now())
        messages.success(request, _("The settings are saved."))
        return redirect("settings")
    return render(request, "crm/team/settings.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.change_settings")
def mail(request: HttpRequest) -> HttpResponse:
    """Send a test message to oneself and see what came of it."""
    if request.method == "POST":
        sent = send_test_letter(me(request), timezone.now())
        if sent is None:
            messages.error(request, _("Your own address does not work. Correct it in the administration first."))
        else:
            try_now(sent, timezone.now)
        return redirect("settings-mail")
    last = last_test_letter(me(request))
    taken = last is not None and last.sent_at is not None
    context = {"last": last, "taken": taken, "why": in_words(last.why) if last else "", "server": mail_server()}
    return render(request, "crm/team/mail.html", context)
