"""The addresses of an installation that runs as a demo."""

from django.urls import include, path

from crm.config.urls import urlpatterns as everywhere

urlpatterns = [*everywhere, path("demo/", include("crm.config.serving.urls"))]
