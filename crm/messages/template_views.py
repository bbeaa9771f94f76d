"""Pages of the words colleagues begin with."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.base.zones import local_date
from crm.messages.forms import TemplateForm
from crm.messages.models import MessageTemplate
from crm.messages.templates import keep_template
from crm.outbox.queries import tab_links
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs("crm.view_message")
def templates(request: HttpRequest) -> HttpResponse:
    """Every template, with its class and version."""
    rows = MessageTemplate.objects.order_by("-is_active", "mail_class", "name")
    context = {"rows": rows, "tabs": tab_links(me(request), "messages")}
    return render(request, "crm/messages/templates.html", context)


@require_http_methods(FORM)
@needs("crm.change_message_template")
def template_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, MessageTemplate())


@require_http_methods(FORM)
@needs("crm.change_message_template")
def template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(MessageTemplate, pk=pk))


def _edit(request: HttpRequest, template: MessageTemplate) -> HttpResponse:
    today = local_date(timezone.now(), me(request).zone)
    form = TemplateForm(request.POST or None, instance=template, today=today)
    if not (form.is_bound and form.is_valid()):
        context = {"form": form, "template": template, "blanks": list(form.allowed.items())}
        return render(request, "crm/messages/template.html", context, status=422 if form.is_bound else 200)
    keep_template(
        form.save(commit=False), slug=slugify(template.name), at=timezone.now(), actor=Actor.user(me(request))
    )
    messages.success(request, _("Saved. Messages that were sent keep the words they left with."))
    return redirect("message-templates")
