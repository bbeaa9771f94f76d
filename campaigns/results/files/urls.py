"""Addresses of files of results; each kind has an address of its own to bring one."""

from django.urls import path

from campaigns.results.files import views

urlpatterns = [
    path("results/files/<int:pk>/", views.result_file, name="result-file"),
    path("results/files/<int:pk>/columns/", views.columns, name="result-file-columns"),
    path("results/files/<int:pk>/bring/", views.bring, name="result-file-bring"),
    path("results/files/<int:pk>/undo/", views.undo, name="result-file-undo"),
    path("results/files/<int:pk>/discard/", views.forget, name="result-file-discard"),
]
