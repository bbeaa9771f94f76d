"""Addresses of the outbox."""

from django.urls import path

from crm.outbox import hand_over_views, views

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.email, name="outbox-email"),
    path("outbox/<int:pk>/html/", views.email_html, name="outbox-email-html"),
    path("outbox/<int:pk>/retry/", views.retry, name="outbox-retry"),
    path("outbox/<int:pk>/resend/", views.resend, name="outbox-resend"),
    path("outbox/<int:pk>/leave/", views.leave, name="outbox-leave"),
    path("outbox/<int:pk>/call-off/", views.call_off, name="outbox-call-off"),
    path("outbox/<int:pk>/pass-on/", hand_over_views.pass_on, name="outbox-pass-on"),
    path("outbox/<int:pk>/pass-on/again/", hand_over_views.again, name="outbox-pass-on-again"),
    path("outbox/<int:pk>/take-back/", hand_over_views.take_it_back, name="outbox-take-back"),
    path("outbox/pause/", views.pause, name="outbox-pause"),
    path("outbox/resume/", views.resume, name="outbox-resume"),
    path("outbox/redirect/", views.redirect_everything, name="outbox-redirect"),
    path("news/off/<str:token>/", views.unsubscribe, name="outbox-unsubscribe"),
]
