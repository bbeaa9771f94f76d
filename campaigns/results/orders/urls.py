"""Addresses of orders."""

from django.urls import path

from campaigns.results.files import views as files
from campaigns.results.orders import views
from campaigns.results.orders.hooks import views as hooks

urlpatterns = [
    path("campaigns/<int:pk>/orders/", views.campaign_orders, name="campaign-orders"),
    path("campaigns/<int:pk>/orders/file/", files.upload, {"kind": "orders"}, name="orders-file"),
    path("campaigns/<int:pk>/orders/again/", views.again, name="orders-again"),
    path("orders/<int:pk>/give/", views.give, name="order-give"),
    path("orders/<int:pk>/return/", views.return_order, name="order-return"),
    path("brands/<int:pk>/shops/", hooks.order_hooks, name="order-hooks"),
    path("shops/<int:pk>/secret/", hooks.hook_secret, name="order-hook-secret"),
    path("shops/<int:pk>/close/", hooks.hook_close, name="order-hook-close"),
    path("hooks/orders/<str:slug>/", hooks.hook_orders, name="hook-orders"),
]
