"""A Django with nothing in it but people who may sign in: what a web process weighs before it is about anything."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="only for weighing",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="tests.benchmarks.bare",
    INSTALLED_APPS=[
        f"django.contrib.{name}" for name in ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)


def well(request: HttpRequest) -> HttpResponse:
    return HttpResponse("well")


urlpatterns = [path("healthz", well)]
application = get_wsgi_application()
