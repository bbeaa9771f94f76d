"""Addresses that exist in a demo alone."""

from django.urls import path

from crm.config.serving import demo, mailbox

urlpatterns = [
    path("enter/", demo.enter, name="demo-enter"),
    path("mailbox/", mailbox.mailbox, name="demo-mailbox"),
    path("mailbox/<str:key>/", mailbox.mailbox, name="demo-letter"),
    path("mailbox/<str:key>/html/", mailbox.letter_html, name="demo-letter-html"),
]
