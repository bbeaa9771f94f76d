"""Addresses of what is asked for."""

from django.urls import path

from campaigns.samples.asking import views

urlpatterns = [
    path("<int:pk>/", views.sample, name="sample"),
    path("for/<int:pk>/", views.sample_new, name="sample-new"),
    path("to/<int:pk>/", views.sample_gift, name="sample-gift"),
    path("<int:pk>/approve/", views.sample_approve, name="sample-approve"),
    path("<int:pk>/decline/", views.sample_decline, name="sample-decline"),
    path("<int:pk>/cancel/", views.sample_cancel, name="sample-cancel"),
    path("<int:pk>/handed/", views.sample_hand, name="sample-handed"),
    path("<int:pk>/paid-back/", views.sample_paid_back, name="sample-paid-back"),
    path("<int:pk>/pay/", views.sample_pay, name="sample-pay"),
]
