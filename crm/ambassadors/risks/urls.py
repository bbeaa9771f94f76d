"""Address of deals at risk."""

from django.urls import path

from crm.ambassadors.risks import views

urlpatterns = [path("at-risk/", views.at_risk, name="ambassadors-at-risk")]
