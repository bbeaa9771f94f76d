"""The product with two measuring sticks beside it; with BENCH_BARE=1 only Django's own sessions and users around them."""

import os

from crm.config.settings import *  # noqa: F403
from crm.config.settings import MIDDLEWARE as PRODUCT

ROOT_URLCONF = "tests.benchmarks.bench_urls"
ALLOWED_HOSTS = ["127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DJANGOS_OWN = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # allauth does not start without it; it costs microseconds
]
MIDDLEWARE = DJANGOS_OWN if os.environ.get("BENCH_BARE") else PRODUCT
