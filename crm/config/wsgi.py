"""The WSGI door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

from crm.config.serving.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")

application = get_wsgi_application()
settle()
