"""The WSGI door for web servers."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from crm.config.errors import report_errors
from crm.config.serving.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")

application = get_wsgi_application()
report_errors(settings.SENTRY_DSN, settings.SENTRY_ENVIRONMENT)
settle()
