"""Addresses of costs, and of what stands beside the figures."""

from django.urls import path

from campaigns.results.costs import views

urlpatterns = [
    path("campaigns/<int:pk>/costs/", views.campaign_costs, name="campaign-costs"),
    path("campaigns/costs/<int:pk>/drop/", views.cost_drop, name="cost-drop"),
    path("campaigns/<int:pk>/beside/", views.campaign_lift, name="campaign-lift"),
    path("campaigns/<int:pk>/beside/happened/", views.add_happened, name="campaign-happened"),
    path("campaigns/happened/<int:pk>/drop/", views.happened_drop, name="happened-drop"),
    path("campaigns/lifts/<int:pk>/drop/", views.lift_drop, name="lift-drop"),
]
