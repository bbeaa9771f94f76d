"""Addresses of imports of other things than people."""

from django.urls import path

from crm.intake import views

urlpatterns = [
    path("of/<slug:kind>/", views.runs, name="intakes"),
    path("of/<slug:kind>/new/", views.upload, name="intake-new"),
    path("<int:pk>/", views.intake, name="intake"),
    path("<int:pk>/columns/", views.columns, name="intake-columns"),
    path("<int:pk>/sheet/", views.sheet, name="intake-sheet"),
    path("<int:pk>/progress/", views.progress, name="intake-progress"),
    path("<int:pk>/confirm/", views.confirm, name="intake-confirm"),
    path("<int:pk>/continue/", views.go_on, name="intake-continue"),
    path("<int:pk>/discard/", views.discard, name="intake-discard"),
    path("<int:pk>/take-back/", views.take_back, name="intake-take-back"),
    path("<int:pk>/offers/<slug:offer>/", views.accept, name="intake-accept"),
    path("<int:pk>/trouble.csv", views.trouble, name="intake-trouble"),
]
