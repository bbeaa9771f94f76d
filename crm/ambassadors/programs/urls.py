"""Addresses of programmes."""

from django.urls import URLPattern, path

from crm.ambassadors.programs import views

urlpatterns: list[URLPattern] = [
    path("programs/", views.programs, name="ambassador-programs"),
    path("programs/new/", views.program_new, name="ambassador-program-new"),
    path("programs/<int:pk>/", views.program, name="ambassador-program"),
    path("programs/<int:pk>/edit/", views.program_edit, name="ambassador-program-edit"),
    path("programs/<int:pk>/close/", views.program_close, name="ambassador-program-close"),
    path("programs/<int:pk>/tiers/", views.program_tiers, name="ambassador-program-tiers"),
    path("programs/<int:pk>/tiers/<int:tier>/perks/", views.tier_perks, name="ambassador-tier-perks"),
]
