"""Address of changing a deal."""

from django.urls import URLPattern, path

from crm.ambassadors.changing import views

urlpatterns: list[URLPattern] = [path("<int:pk>/change/", views.deal_change, name="ambassador-change")]
