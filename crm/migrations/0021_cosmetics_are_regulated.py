"""Houses that run already learn which of the seeded categories are cosmetics; what they set themselves stays."""

from django.db import migrations

SLUGS = ("beauty", "skincare", "make-up")


def regulate(apps, schema_editor):
    apps.get_model("crm", "Category").objects.filter(slug__in=SLUGS, regulated="").update(regulated="cosmetic")


class Migration(migrations.Migration):
    dependencies = [("crm", "0020_benchmarks_of_any_measure")]

    operations = [migrations.RunPython(regulate, migrations.RunPython.noop, elidable=True)]
