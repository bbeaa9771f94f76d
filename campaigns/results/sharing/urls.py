"""Addresses of links to reports, and of the report they open."""

from django.urls import path, re_path

from campaigns.results.sharing import public_views as public
from campaigns.results.sharing import views

urlpatterns = [
    path("campaigns/<int:pk>/report/links/", views.links, name="report-links"),
    path("campaigns/report/links/<int:pk>/take-back/", views.link_take_back, name="report-link-take-back"),
    path("s/report/<int:pk>/", public.report, name="shared-report"),
    re_path(
        r"^s/report/(?P<pk>[0-9]{1,18})/report\.(?P<ending>pdf|xlsx)$", public.report_file, name="shared-report-file"
    ),
    path("s/<str:token>/", public.door, name="shared-report-door"),
]
