"""Her own page about a deal: below the address of her visit, where its cookie is sent."""

from django.urls import URLPattern, path

from crm.ambassadors.hers import views

urlpatterns: list[URLPattern] = [
    path("my/<int:pk>/ambassador/<int:deal>/", views.portal_deal, name="portal-deal"),
]
