"""Addresses of brands and their products."""

from django.urls import path

from crm.brands import hands_views, views

urlpatterns = [
    path("brands/", views.brands, name="brands"),
    path("brands/new/", views.brand_new, name="brand-new"),
    path("brands/<int:pk>/", views.brand, name="brand"),
    path("brands/<int:pk>/edit/", views.brand_edit, name="brand-edit"),
    path("brands/<int:pk>/hands/", hands_views.brand_hands, name="brand-hands"),
    path("brands/<int:pk>/archive/", views.brand_archive, name="brand-archive"),
    path("brands/<int:pk>/restore/", views.brand_restore, name="brand-restore"),
    path("brands/<int:pk>/products/new/", views.product_new, name="product-new"),
    path("brands/products/<int:pk>/edit/", views.product_edit, name="product-edit"),
    path("brands/products/<int:pk>/archive/", views.product_archive, name="product-archive"),
    path("brands/products/<int:pk>/restore/", views.product_restore, name="product-restore"),
]
