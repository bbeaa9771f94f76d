"""What can be typed on the influencer's page that belongs to no feature."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NewLinkForm(forms.Form):
    """Ask for a fresh link. The answer is the same whether or not the address is known."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class PlainAnswerForm(forms.Form):
    """An answer that needs nothing but a word, if she likes."""

    note = forms.CharField(
        label=_("Anything to add? (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
