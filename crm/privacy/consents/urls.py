"""Addresses of who agreed to what."""

from django.urls import path

from crm.privacy.consents import views

urlpatterns = [
    path("", views.consents, name="privacy-consents"),
    path("<int:pk>/proof.csv", views.consent_proof, name="privacy-consent-proof"),
    path("<int:pk>/stopped/", views.consent_stopped, name="privacy-consent-stopped"),
]
