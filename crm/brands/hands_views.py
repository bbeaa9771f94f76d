"""A brand changes hands: asked, looked at with what follows, then kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.formats import day_words
from crm.brands.forms import HandsForm
from crm.brands.hands import change_hands, what_follows
from crm.brands.views import asks, find_brand
from crm.team.views.access import me, needs


@asks
@needs("crm.change_brand")
def brand_hands(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what would follow; with `sure` it is done."""
    brand, user, now = find_brand(request, pk), me(request), timezone.now()
    form = HandsForm(request.POST or None, brand=brand, user=user)
    follows, status = None, 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        wanted = (brand, said["owner"], said["house"], said["on"])
        if request.POST.get("sure"):
            change_hands(*wanted, by=user, at=now)
            house = said["house"] or said["owner"].name
            told = {"brand": brand, "house": house, "day": day_words(said["on"])}
            messages.success(request, _("%(brand)s belongs to %(house)s from %(day)s on.") % told)
            return redirect(f"{reverse('brand', args=[pk])}#house")
        follows, status = what_follows(*wanted, by=user, at=now), 200
    context = {"brand": brand, "form": form, "follows": follows}
    return render(request, "crm/brands/hands.html", context, status=status)
