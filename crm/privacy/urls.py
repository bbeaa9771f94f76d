"""Addresses about privacy: what people ask, what they agreed to, how long what is kept, what went wrong."""

from django.urls import include, path

from crm.privacy import views
from crm.privacy.own.page import own_data

urlpatterns = [
    path("privacy/", views.request_list, name="privacy-requests"),
    path("privacy/<int:pk>/", views.privacy_request, name="privacy-request"),
    path("privacy/<int:pk>/file/", views.privacy_file, name="privacy-file"),
    path("privacy/<int:pk>/<slug:step>/", views.privacy_step, name="privacy-step"),
    path("privacy/holds/", views.hold_list, name="privacy-holds"),
    path("privacy/holds/<int:pk>/lift/", views.hold_lift, name="hold-lift"),
    path("my/<int:pk>/data/<int:person>/", own_data, name="portal-data"),
    path("people/<int:pk>/data/", views.person_data, name="person-data"),
    path("people/<int:pk>/hold/", views.person_hold, name="person-hold"),
    path("privacy/consents/", include("crm.privacy.consents.urls")),
    path("privacy/retention/", include("crm.privacy.retention.urls")),
    path("privacy/incidents/", include("crm.privacy.incidents.urls")),
]
