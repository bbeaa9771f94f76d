"""Addresses of brands and their products."""

from django.urls import path

from crm.brands import hands_views, product_views, variant_views, views

urlpatterns = [
    path("brands/", views.brands, name="brands"),
    path("brands/new/", views.brand_new, name="brand-new"),
    path("brands/<int:pk>/", views.brand, name="brand"),
    path("brands/<int:pk>/edit/", views.brand_edit, name="brand-edit"),
    path("brands/<int:pk>/hands/", hands_views.brand_hands, name="brand-hands"),
    path("brands/<int:pk>/archive/", views.brand_archive, name="brand-archive"),
    path("brands/<int:pk>/restore/", views.brand_restore, name="brand-restore"),
    path("brands/<int:pk>/products/new/", product_views.product_new, name="product-new"),
    path("brands/products/<int:pk>/edit/", product_views.product_edit, name="product-edit"),
    path("brands/products/<int:pk>/archive/", product_views.product_archive, name="product-archive"),
    path("brands/products/<int:pk>/restore/", product_views.product_restore, name="product-restore"),
    path("brands/products/<int:pk>/variants/new/", variant_views.variant_new, name="variant-new"),
    path("brands/variants/<int:pk>/edit/", variant_views.variant_edit, name="variant-edit"),
    path("brands/variants/<int:pk>/up/", variant_views.variant_up, name="variant-up"),
    path("brands/variants/<int:pk>/archive/", variant_views.variant_archive, name="variant-archive"),
    path("brands/variants/<int:pk>/restore/", variant_views.variant_restore, name="variant-restore"),
]
