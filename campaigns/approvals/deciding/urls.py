"""Addresses of decisions."""

from django.urls import path

from campaigns.approvals.deciding import policy_views, views

urlpatterns = [
    path("approvals/", policy_views.approval_policies, name="approval-policies"),
    path("approvals/house/", policy_views.house_approvals, name="house-approvals"),
    path("approvals/brands/<int:pk>/", policy_views.brand_approvals, name="brand-approvals"),
    path("campaigns/<int:pk>/approvals/", policy_views.campaign_approvals, name="campaign-approvals"),
    path("reviews/<int:pk>/decide/", views.review_decide, name="review-decide"),
    path("reviews/<int:pk>/withdraw/", views.review_withdraw, name="review-withdraw"),
]
