"""Address of deals for many."""

from django.urls import URLPattern, path

from crm.ambassadors.many import views

urlpatterns: list[URLPattern] = [path("many/", views.deals_for_many, name="ambassador-many")]
