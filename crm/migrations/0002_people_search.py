"""Trigram indexes on PostgreSQL, so that searching within names and handles stays fast at 100,000 people."""

from django.db import migrations

from crm.influencers import search_index


class Migration(migrations.Migration):
    dependencies = [("crm", "0001_initial")]
    operations = [migrations.RunPython(search_index.install, search_index.remove)]
