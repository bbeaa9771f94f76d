"""The rules for everybody who works with reminders: what each would send, before it is switched on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.outbox.kinds import KINDS
from crm.outbox.queries import tab_links
from crm.outbox.tasks import ring_on_commit
from crm.reminders.models import Cap, Rule
from crm.reminders.preview import preview
from crm.reminders.registry import due
from crm.team.views.access import me, needs
from crm.timeline.record import Actor


@require_safe
@needs("crm.view_outbox")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, and how much is enough."""
    today = timezone.now().date()
    context = {
        "tabs": tab_links(me(request), "outbox-rules"),
        "rules": Rule.objects.order_by("code"),
        "caps": Cap.objects.valid_on(today).order_by("scope"),
    }
    return render(request, "crm/reminders/rules.html", context)


@require_safe
@needs("crm.view_outbox")
def rule_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What one rule says, when, to whom, and what it would send within seven days."""
    rule = get_object_or_404(Rule, pk=pk)
    context = {
        "rule": rule,
        "about": due[rule.kind].words.get("label", rule.kind) if rule.kind in due else rule.kind,
        "steps": [
            (step, KINDS[step.email_name].label if step.email_name in KINDS else "") for step in rule.steps.all()
        ],
        "preview": preview(rule, timezone.now(), me(request)),
    }
    return render(request, "crm/reminders/rule.html", context)


@require_POST
@needs("crm.switch_rule")
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """On or off, as it was said on the page; pressing twice is once."""
    rule, on = get_object_or_404(Rule, pk=pk), request.POST.get("on") == "1"
    if rule.switch(on, at=timezone.now(), actor=Actor.user(me(request))):
        ring_on_commit()
        messages.success(request, _("The rule is switched on.") if on else _("The rule is switched off."))
    else:
        messages.info(request, _("Nothing was changed: somebody was faster."))
    return redirect("reminder-rule", pk=pk)
