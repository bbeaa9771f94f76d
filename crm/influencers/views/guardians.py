"""An offer to a minor without a guardian: add one, or log a reason why it may go ahead."""

from crispy_forms.layout import Fieldset
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from crm.influencers.actions.guardians import AlreadyWaived, waive_guardian, withdraw_waiver
from crm.influencers.views.editing import FormPage, edit, person_of
from crm.team.forms import bare_helper
from crm.team.views.access import me, needs


class WaiverForm(forms.Form):
    """Why an offer may go ahead without a guardian."""

    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody who works with her can read this, with your name."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = bare_helper(Fieldset("", "why"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.override_hold")
def guardian_waiver(request: HttpRequest, pk: int) -> HttpResponse:
    """Let offers go ahead without a guardian, with a reason."""
    person, now = person_of(request, pk), timezone.now()
    form = WaiverForm(request.POST or None)
    page = FormPage(
        title=_("Go ahead without a guardian"),
        lead=_(
            "Whoever agrees with a minor needs her guardian, or the agreement may not hold. "
            "Better add the mother, the father or another guardian among her contacts."
        ),
        verb=_("Log this reason"),
        done=_("Offers may go ahead. Your reason stands in the story."),
        section="contacts",
    )

    def save() -> None:
        try:
            waive_guardian(person, form.cleaned_data["why"].strip(), user=me(request), at=now)
        except AlreadyWaived:
            messages.info(request, _("Somebody has logged a reason already."))

    return edit(request, person, form, save, page)


@require_POST
@needs("crm.override_hold")
def guardian_needed(request: HttpRequest, pk: int) -> HttpResponse:
    """Offers wait for a guardian again."""
    person = person_of(request, pk)
    if withdraw_waiver(person, user=me(request), at=timezone.now()):
        messages.success(request, _("Offers wait for a guardian again."))
    else:
        messages.info(request, _("No reason was logged."))
    return redirect("person", pk=pk)
