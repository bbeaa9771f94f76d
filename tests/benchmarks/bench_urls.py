"""The product's addresses, a list that does the least a list can do, and Django's admin as it comes."""

from django import forms
from django.contrib.admin import AdminSite, ModelAdmin
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from crm.config.urls import urlpatterns as product
from crm.influencers.models import Influencer

SQL = """
SELECT p.id, p.stage_name, f.name, p.main_handle, p.followers, p.tier_code, n.name_en, p.city, p.stage, u.name,
       p.do_not_contact_at, p.created_at
FROM crm_influencer p
LEFT JOIN crm_platform f ON f.id = p.main_platform_id
LEFT JOIN crm_niche n ON n.id = p.main_niche_id
LEFT JOIN crm_user u ON u.id = p.owner_id
WHERE p.archived_at IS NULL
ORDER BY p.created_at DESC, p.id DESC LIMIT 50
"""


def limit(request: HttpRequest) -> HttpResponse:
    """LIMIT-A: who is asking, one query, one join of strings."""
    assert request.user.is_authenticated
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        rows = cursor.fetchall()
    cells = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return HttpResponse("<table>" + "\n".join(cells) + "</table>")


class BareForm(forms.ModelForm[Influencer]):
    class Meta:
        model = Influencer
        fields = ["stage_name", "legal_name", "city", "language", "zone", "stage"]


@csrf_exempt
def create(request: HttpRequest) -> HttpResponse:
    """The limit of creating: a form that saves, without user, audit or answer."""
    form = BareForm(request.POST)
    form.save()
    return HttpResponse("saved")


class StockAdmin(ModelAdmin[Influencer]):
    list_display = (
        "stage_name", "main_platform", "main_handle", "followers", "tier_code", "main_niche", "city", "stage", "owner",
        "do_not_contact_at", "created_at",
    )  # fmt: skip
    list_select_related = ("main_platform", "main_niche", "owner")
    search_fields = ("stage_name",)


stock = AdminSite(name="stock")
stock.register(Influencer, StockAdmin)

urlpatterns = [
    *product,
    path("limit/", limit),
    path("limit/create/", create),
    path("stock/", stock.urls),
]
