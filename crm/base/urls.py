"""Addresses of the frame and of the style guide."""

from django.urls import path

from crm.base import views_frame, views_search, views_styleguide

urlpatterns = [
    path("home/", views_frame.home, name="home"),
    path("frame/counts/", views_frame.nav_counts, name="nav-counts"),
    path("frame/theme/", views_frame.set_theme, name="set-theme"),
    path("search/", views_search.search, name="search"),
    path("styleguide/", views_styleguide.styleguide, name="styleguide"),
]
