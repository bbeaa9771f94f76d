"""What a brand sells: the forms behind its products, and their archive."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.brands import actions
from crm.brands.actions import NameTaken
from crm.brands.models import Product
from crm.brands.product_forms import ProductForm
from crm.brands.saving import SAVED, save_with
from crm.brands.views import PRODUCT_ARCHIVE, PRODUCT_RESTORE, ask, asks, find_brand
from crm.team.views.access import me, needs


def find_product(request: HttpRequest, pk: int) -> Product:
    return get_object_or_404(Product.objects.visible_to(me(request)).select_related("brand"), pk=pk)


def to_product(product: Product) -> HttpResponseRedirect:
    """Back to a product, where its variants stand."""
    return HttpResponseRedirect(f"{reverse('product-edit', args=[product.pk])}#variants")


@asks
@needs("crm.change_product")
def product_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add something a brand sells."""
    found = find_brand(request, pk)
    form = ProductForm(request.POST or None, instance=Product(brand=found))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_product(form.instance, by=me(request), at=timezone.now())
        except NameTaken as taken:
            form.add_error("name", str(taken))
        else:
            messages.success(request, _("%(product)s is here.") % {"product": made})
            return redirect("brand", pk=made.brand_id)
    context = {"form": form, "brand": found}
    return render(request, "crm/brands/product_form.html", context, status=422 if form.is_bound else 200)


@asks
@needs("crm.change_product")
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a product, unless somebody else did while the form was open."""
    form = ProductForm(request.POST or None, instance=find_product(request, pk))
    status = 200
    if request.method == "POST":

        def save() -> None:
            actions.change_product(form.instance, seen=form.seen, by=me(request), at=timezone.now())

        status = save_with(request, form, save)
        if status == SAVED:
            return redirect("brand", pk=form.instance.brand_id)
    stored = find_product(request, pk)
    rows = list(stored.variants.order_by("position", "name"))
    context = {
        "form": form,
        "product": stored,
        "brand": stored.brand,
        "variants": [one for one in rows if one.archived_at is None],
        "put_away": [one for one in rows if one.archived_at is not None],
    }
    return render(request, "crm/brands/product_form.html", context, status=status)


@asks
@needs("crm.change_product")
def product_archive(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_product(request, pk)
    return ask(request, found, found.brand, PRODUCT_ARCHIVE)


@asks
@needs("crm.change_product")
def product_restore(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_product(request, pk)
    return ask(request, found, found.brand, PRODUCT_RESTORE)
