"""Addresses of what a deal pays, and of its end."""

from django.urls import URLPattern, path

from crm.ambassadors.pay import ending_views, order_views, perk_views, views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/money/", views.money, name="ambassador-money"),
    path("<int:pk>/money/<int:line>/paid/", views.settled, name="ambassador-settle"),
    path("<int:pk>/money/decide/<int:charge>/", views.charge, name="ambassador-charge"),
    path("<int:pk>/orders/", order_views.orders, name="ambassador-orders"),
    path("<int:pk>/orders/new/", order_views.sale, name="ambassador-sale"),
    path("<int:pk>/orders/paste/", order_views.sales, name="ambassador-sales"),
    path("<int:pk>/orders/<int:sale>/returned/", order_views.returned, name="ambassador-sale-returned"),
    path("<int:pk>/perks/", perk_views.perks, name="ambassador-perks"),
    path("<int:pk>/perks/new/", perk_views.perk, name="ambassador-perk"),
    path("<int:pk>/perks/<int:perk>/used/", perk_views.perk_used, name="ambassador-perk-used"),
    path("<int:pk>/tier/", perk_views.tier, name="ambassador-tier"),
    path("<int:pk>/end/", ending_views.end, name="ambassador-end"),
    path("<int:pk>/afterwards/", ending_views.after, name="ambassador-after"),
    path("<int:pk>/afterwards/<int:item>/", ending_views.tail, name="ambassador-tail"),
]
