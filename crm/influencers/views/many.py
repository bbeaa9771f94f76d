"""One agent for several people at once, from the list of people."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from crm.influencers.actions.contacts import Standing, link_to_many
from crm.influencers.models import Representation
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.views.bulk import Chosen
from crm.influencers.vocabulary import vocabulary
from crm.outbox.models import Contact
from crm.team.forms import bare_helper
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

MOST = 500
NAMED = 12
KEPT = ("ids", "all_matching", "query")


class ChooseAgentForm(forms.Form):
    """Which agent stands for the chosen people."""

    contact: forms.ModelChoiceField[Contact] = forms.ModelChoiceField(
        label=gettext_lazy("Agent or manager"), queryset=Contact.objects.none(), empty_label=gettext_lazy("Choose …")
    )
    receives_mail = forms.BooleanField(
        label=gettext_lazy("Gets the mail"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Contracts and payments go to the agent then; each person's page says who gets what."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["contact"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Contact.objects.filter(kind=Contact.Kind.AGENT).order_by("name", "pk")
        self.helper = bare_helper("contact", "receives_mail")


def ask_for_agent(request: HttpRequest, chosen: InfluencerQuerySet) -> HttpResponse:
    """The first page: who it is about, and which agent."""
    return _ask(request, chosen, ChooseAgentForm())


@require_POST
@needs("crm.change_influencer")
def agent_for_many(request: HttpRequest) -> HttpResponse:
    """Let the agent stand for each of them, and say what became of each."""
    user, now = me(request), timezone.now()
    rows = Chosen.read(request.POST, vocabulary(user), user=user, now=now).rows
    form = ChooseAgentForm(request.POST)
    if not form.is_valid():
        return _ask(request, rows, form)
    people = list(rows.order_by("name_key", "pk")[: MOST + 1])
    if not people or len(people) > MOST:
        messages.error(request, _("Choose at least one person, and at most %(most)s at once.") % {"most": MOST})
        return redirect("people")
    agent = form.cleaned_data["contact"]
    standing = Standing(Representation.Capacity.AGENT, form.cleaned_data["receives_mail"])
    outcomes = link_to_many(people, agent, standing, at=now, actor=Actor.user(user))
    changed = sum(outcome.changed for outcome in outcomes)
    context = {
        "action": {"title": _("%(name)s as their agent") % {"name": agent.name}},
        "outcomes": outcomes,
        "hidden": 0,
        "changed": changed,
        "unchanged": len(outcomes) - changed,
        "back": reverse("contact", args=[agent.pk]),
    }
    return render(request, "crm/influencers/bulk_done.html", context)


def _ask(request: HttpRequest, rows: InfluencerQuerySet, form: ChooseAgentForm) -> HttpResponse:
    names = list(rows.order_by("name_key", "pk").values_list("stage_name", flat=True)[: NAMED + 1])
    context = {
        "form": form,
        "names": names[:NAMED],
        "more": len(names) > NAMED,
        "kept": [(name, value) for name in KEPT for value in request.POST.getlist(name)],
    }
    status = 422 if form.is_bound else 200
    return render(request, "crm/influencers/choose_agent.html", context, status=status)
