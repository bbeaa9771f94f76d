"""The shades, sizes and scents of a product: added, changed, put in order, put away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.brands import variants
from crm.brands.actions import NameTaken
from crm.brands.models import ProductVariant
from crm.brands.product_forms import VariantForm
from crm.brands.product_views import find_product, to_product
from crm.brands.saving import SAVED, save_with
from crm.brands.views import PRODUCT_ARCHIVE, PRODUCT_RESTORE, ask, asks
from crm.team.views.access import me, needs

PAGE = "crm/brands/variant_form.html"


def find_variant(request: HttpRequest, pk: int) -> ProductVariant:
    """A variant of a brand this colleague may see, or 404."""
    seen = ProductVariant.objects.visible_to(me(request)).select_related("product__brand")
    return get_object_or_404(seen, pk=pk)


@asks
@needs("crm.change_product")
def variant_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a variant to a product."""
    product = find_product(request, pk)
    form = VariantForm(request.POST or None, instance=ProductVariant(product=product))
    if request.method == "POST" and form.is_valid():
        try:
            made = variants.add_variant(form.instance, by=me(request), at=timezone.now())
        except NameTaken as taken:
            form.add_error("name", str(taken))
        else:
            messages.success(request, _("%(variant)s is here.") % {"variant": made})
            return to_product(product)
    context = {"form": form, "product": product}
    return render(request, PAGE, context, status=422 if form.is_bound else 200)


@asks
@needs("crm.change_product")
def variant_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a variant, unless somebody else did while the form was open."""
    form = VariantForm(request.POST or None, instance=find_variant(request, pk))
    status = 200
    if request.method == "POST":

        def save() -> None:
            variants.change_variant(form.instance, seen=form.seen, by=me(request), at=timezone.now())

        status = save_with(request, form, save)
        if status == SAVED:
            return to_product(form.instance.product)
    stored = find_variant(request, pk)
    return render(request, PAGE, {"form": form, "product": stored.product, "variant": stored}, status=status)


@require_POST
@needs("crm.change_product")
def variant_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_variant(request, pk)
    variants.move_up(found, by=me(request), at=timezone.now())
    return to_product(found.product)


@asks
@needs("crm.change_product")
def variant_archive(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_variant(request, pk)
    return ask(request, found, found.product.brand, PRODUCT_ARCHIVE, back=to_product(found.product).url)


@asks
@needs("crm.change_product")
def variant_restore(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_variant(request, pk)
    return ask(request, found, found.product.brand, PRODUCT_RESTORE, back=to_product(found.product).url)
