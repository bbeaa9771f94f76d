"""Addresses of messages to people."""

from django.urls import path

from crm.messages import file_views, sending_views, template_views, views

urlpatterns = [
    path("messages/", views.messages_written, name="messages"),
    path("messages/new/", views.message_new, name="message-new"),
    path("messages/<int:pk>/", sending_views.message, name="message"),
    path("messages/<int:pk>/edit/", views.message_edit, name="message-edit"),
    path("messages/<int:pk>/lines/", sending_views.message_lines, name="message-lines"),
    path("messages/<int:pk>/progress/", sending_views.message_progress, name="message-progress"),
    path("messages/<int:pk>/send/", sending_views.message_send, name="message-send"),
    path("messages/<int:pk>/continue/", sending_views.message_go_on, name="message-continue"),
    path("messages/<int:pk>/discard/", sending_views.message_discard, name="message-discard"),
    path("messages/<int:pk>/call-off/", sending_views.message_call_off, name="message-call-off"),
    path("messages/<int:pk>/preview/<int:line>/", sending_views.message_preview, name="message-preview"),
    path("messages/<int:pk>/preview/<int:line>/html/", sending_views.message_html, name="message-html"),
    path("messages/<int:pk>/files/", file_views.message_files, name="message-files"),
    path("messages/<int:pk>/files/<int:file>/", file_views.message_file, name="message-file"),
    path("messages/<int:pk>/files/<int:file>/remove/", file_views.message_file_remove, name="message-file-remove"),
    path("messages/by-hand/<int:line>/", sending_views.message_by_hand, name="message-by-hand"),
    path("messages/templates/", template_views.templates, name="message-templates"),
    path("messages/templates/new/", template_views.template_new, name="message-template-new"),
    path("messages/templates/<int:pk>/", template_views.template_edit, name="message-template"),
]
