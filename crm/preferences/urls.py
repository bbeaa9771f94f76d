"""Addresses of who gets no mail, and of what one contact agreed to."""

from django.urls import path

from crm.preferences import views

urlpatterns = [
    path("outbox/silent/", views.silent, name="outbox-silent"),
    path("outbox/contacts/<int:pk>/", views.contact, name="contact-silence"),
    path("outbox/contacts/<int:pk>/works/", views.works, name="contact-works"),
    path("outbox/contacts/<int:pk>/agreed/", views.agreed, name="contact-agreed"),
    path("outbox/contacts/<int:pk>/taken-back/<slug:purpose>/", views.taken_back, name="contact-taken-back"),
]
