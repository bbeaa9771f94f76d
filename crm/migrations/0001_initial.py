import crm.base.fields
import crm.influencers.models.accounts
import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django_countries.fields
import djmoney.models.fields
import phonenumber_field.modelfields
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlikeRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("phone", "the same phone number"),
                            ("email", "the same e-mail address"),
                            ("handle", "the same handle"),
                            ("near_handle", "nearly the same handle"),
                            ("name", "the same name"),
                            ("near_name", "a name that sounds the same"),
                            ("likely", "From here on: probably one person"),
                            ("strong", "From here on: almost certainly one person"),
                        ],
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                (
                    "at_most",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="What more people share than this says nothing about any of them.",
                        verbose_name="shared by at most",
                    ),
                ),
            ],
            options={
                "verbose_name": "look-alike rule",
                "verbose_name_plural": "look-alike rules",
                "ordering": ["-points", "code"],
            },
        ),
        migrations.CreateModel(
            name="Beat",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("rang_at", models.DateTimeField()),
                ("said", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "crm_beat",
            },
        ),
        migrations.CreateModel(
            name="BrandOwner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("country", models.CharField(default="ID", max_length=2, verbose_name="country")),
            ],
            options={
                "verbose_name": "brand owner",
                "verbose_name_plural": "brand owners",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Erasing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "crm_erasing",
            },
        ),
        migrations.CreateModel(
            name="Persona",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                ("slug", models.SlugField(unique=True, verbose_name="code")),
                ("name_en", models.CharField(max_length=60, verbose_name="English name")),
                ("name_id", models.CharField(max_length=60, verbose_name="Indonesian name")),
            ],
            options={
                "verbose_name": "persona",
                "verbose_name_plural": "personas",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="Platform",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("icon", models.CharField(default="globe", max_length=40, verbose_name="icon")),
                (
                    "profile_url",
                    models.CharField(
                        blank=True,
                        help_text="https://www.instagram.com/{handle}/",
                        max_length=120,
                        verbose_name="profile address",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
            ],
            options={
                "verbose_name": "platform",
                "verbose_name_plural": "platforms",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        help_text="The kind of due thing, for example deliverable.draft.",
                        max_length=60,
                        verbose_name="trigger",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("stop_when", models.CharField(blank=True, max_length=120, verbose_name="stops when")),
                (
                    "mail_class",
                    models.CharField(
                        choices=[("service", "Service"), ("marketing", "Marketing"), ("code", "Code")],
                        default="service",
                        max_length=10,
                        verbose_name="class",
                    ),
                ),
                (
                    "series",
                    models.CharField(
                        blank=True,
                        help_text="Rules with the same series are one chain for one person.",
                        max_length=40,
                        verbose_name="series",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="switched on")),
            ],
            options={
                "verbose_name": "reminder rule",
                "verbose_name_plural": "reminder rules",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="kept/%Y/%m/", verbose_name="file")),
                ("label", models.CharField(max_length=120, verbose_name="name")),
                ("mime", models.CharField(max_length=80, verbose_name="kind")),
                ("size", models.PositiveBigIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("uploaded_by", models.CharField(blank=True, max_length=120, verbose_name="uploaded by")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="kept since")),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
            },
        ),
        migrations.CreateModel(
            name="TierScheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
            ],
            options={
                "verbose_name": "tier scheme",
                "verbose_name_plural": "tier schemes",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="crm.category",
                        verbose_name="within",
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="code")),
                ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                ("name_id", models.CharField(max_length=80, verbose_name="Indonesian name")),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="CheckItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                ("name_id", models.CharField(max_length=80, verbose_name="Indonesian name")),
                ("question_en", models.CharField(blank=True, max_length=240, verbose_name="what to look at, English")),
                (
                    "question_id",
                    models.CharField(blank=True, max_length=240, verbose_name="what to look at, Indonesian"),
                ),
                ("is_hard", models.BooleanField(default=False, verbose_name="a fail holds offers")),
                (
                    "valid_months",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="valid for, months",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
            ],
            options={
                "verbose_name": "checklist item",
                "verbose_name_plural": "checklist items",
                "ordering": ["position", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_months__gte", 1), ("valid_months__lte", 120)), name="check_item_ends"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Influencer"),
                            ("agent", "Agent or manager"),
                            ("guardian", "Guardian"),
                            ("colleague", "Colleague"),
                            ("guest", "Guest"),
                        ],
                        default="person",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("agency", models.CharField(blank=True, max_length=120, verbose_name="agency")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="phone"
                    ),
                ),
                (
                    "whatsapp",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="WhatsApp"
                    ),
                ),
                (
                    "prefers",
                    models.CharField(
                        choices=[("email", "E-mail"), ("whatsapp", "WhatsApp"), ("call", "Phone call")],
                        default="email",
                        max_length=10,
                        verbose_name="prefers",
                    ),
                ),
                (
                    "language",
                    crm.base.fields.LanguageField(
                        choices=[("en", "English"), ("id", "Bahasa Indonesia")],
                        default="id",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("zone", crm.base.fields.ZoneField(default="Asia/Jakarta", max_length=64, verbose_name="time zone")),
                (
                    "email_state",
                    models.CharField(
                        choices=[("ok", "Works"), ("bounced", "Does not arrive")],
                        default="ok",
                        editable=False,
                        max_length=8,
                        verbose_name="address",
                    ),
                ),
                (
                    "email_state_why",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="address, why"),
                ),
                (
                    "news_off_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="no news or offers since"),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["name", "id"],
                "indexes": [
                    models.Index(fields=["email"], name="contact_email"),
                    models.Index(django.db.models.functions.text.Upper("email"), name="contact_email_any_case"),
                    models.Index(fields=["phone"], name="contact_phone"),
                    models.Index(fields=["whatsapp"], name="contact_whatsapp"),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("admin", "Admin"),
                            ("manager", "Manager"),
                            ("coordinator", "Coordinator"),
                            ("finance", "Finance"),
                            ("viewer", "Viewer"),
                        ],
                        default="coordinator",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "language",
                    crm.base.fields.LanguageField(
                        choices=[("en", "English"), ("id", "Bahasa Indonesia")],
                        default="id",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("zone", crm.base.fields.ZoneField(default="Asia/Jakarta", max_length=64, verbose_name="time zone")),
                (
                    "theme",
                    models.CharField(
                        choices=[("auto", "As the device"), ("light", "Light"), ("dark", "Dark")],
                        default="auto",
                        max_length=5,
                        verbose_name="theme",
                    ),
                ),
                ("digest", models.BooleanField(default=True, verbose_name="morning summary by e-mail")),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        help_text="Shown to influencers you work with.",
                        max_length=128,
                        region=None,
                        verbose_name="phone",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "contact",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="colleague",
                        to="crm.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="user_email_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("action", models.CharField(max_length=20, verbose_name="action")),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="answers")),
                ("query", models.CharField(blank=True, max_length=500, verbose_name="filter")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("shown", "Shown"),
                            ("confirmed", "Under way"),
                            ("done", "Done"),
                            ("failed", "Stopped"),
                            ("discarded", "Discarded"),
                        ],
                        default="shown",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("cursor", models.PositiveIntegerField(default=0, verbose_name="last row finished")),
                ("counts", models.JSONField(blank=True, default=dict, verbose_name="counts")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
            ],
            options={
                "verbose_name": "work on many people",
                "verbose_name_plural": "work on many people",
                "indexes": [models.Index(fields=["-created_at", "-id"], name="bulk_run_newest")],
            },
        ),
        migrations.CreateModel(
            name="BulkRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="crm.bulkrun",
                        verbose_name="work on many people",
                    ),
                ),
                ("place", models.PositiveIntegerField(verbose_name="place")),
                ("influencer_ref", models.BigIntegerField(blank=True, null=True, verbose_name="person")),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="as it was pasted")),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="what it becomes")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Will change"),
                            ("changed", "Changed"),
                            ("same", "As before"),
                            ("refused", "Refused"),
                            ("left_out", "Left out"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "reason",
                    models.JSONField(
                        blank=True, default=list, help_text='["code", {"name": "value"}]', verbose_name="reason"
                    ),
                ),
            ],
            options={
                "verbose_name": "row of work on many people",
                "verbose_name_plural": "rows of work on many people",
                "ordering": ["place"],
                "indexes": [models.Index(fields=["run", "outcome", "place"], name="bulk_row_outcome")],
                "constraints": [models.UniqueConstraint(fields=("run", "place"), name="bulk_row_once")],
            },
        ),
        migrations.CreateModel(
            name="DemoRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=80)),
                ("row", models.BigIntegerField()),
            ],
            options={
                "db_table": "crm_demo_row",
                "constraints": [models.UniqueConstraint(fields=("label", "row"), name="demo_row_once")],
            },
        ),
        migrations.CreateModel(
            name="Email",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "name",
                    models.CharField(
                        help_text="The e-mail's template, for example draft_due.", max_length=60, verbose_name="message"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="key")),
                (
                    "mail_class",
                    models.CharField(
                        choices=[("service", "Service"), ("marketing", "Marketing"), ("code", "Code")],
                        default="service",
                        max_length=10,
                        verbose_name="class",
                    ),
                ),
                ("channel", models.CharField(default="email", max_length=10, verbose_name="channel")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emails",
                        to="crm.contact",
                        verbose_name="to",
                    ),
                ),
                (
                    "language",
                    crm.base.fields.LanguageField(
                        choices=[("en", "English"), ("id", "Bahasa Indonesia")],
                        default="id",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("from_name", models.CharField(max_length=160, verbose_name="from")),
                ("reply_to", models.EmailField(blank=True, max_length=254, verbose_name="answers go to")),
                (
                    "to_address",
                    models.EmailField(
                        blank=True,
                        help_text="The address it left for, kept as it was.",
                        max_length=254,
                        verbose_name="address",
                    ),
                ),
                ("context", models.JSONField(blank=True, default=dict, verbose_name="facts")),
                (
                    "late_fields",
                    models.JSONField(blank=True, default=dict, verbose_name="filled in just before sending"),
                ),
                ("subject", models.CharField(blank=True, max_length=300, verbose_name="subject")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("html", models.TextField(blank=True, verbose_name="HTML")),
                ("body_hash", models.CharField(blank=True, max_length=64, verbose_name="hash of the text")),
                ("wording_version", models.CharField(blank=True, max_length=40, verbose_name="wording")),
                ("message_id", models.CharField(blank=True, db_index=True, max_length=200, verbose_name="Message-ID")),
                ("thread", models.CharField(blank=True, max_length=120, verbose_name="thread")),
                ("influencer_ref", models.BigIntegerField(blank=True, db_index=True, null=True, verbose_name="person")),
                ("brand_ref", models.BigIntegerField(blank=True, null=True, verbose_name="brand")),
                ("sender_ref", models.BigIntegerField(blank=True, null=True, verbose_name="sender")),
                (
                    "subject_refs",
                    models.JSONField(
                        blank=True, default=list, help_text='["campaigns.deliverable:12"]', verbose_name="about"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Planned"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Did not go through"),
                            ("unknown", "Unclear"),
                            ("skipped", "Not sent"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "doubt",
                    models.CharField(
                        choices=[("resend", "Send again"), ("hold", "A person decides")],
                        default="resend",
                        max_length=6,
                        verbose_name="when unclear",
                    ),
                ),
                ("urgent", models.BooleanField(default=False, verbose_name="ahead of the others")),
                ("ignores_quiet_hours", models.BooleanField(default=False, verbose_name="also in quiet hours")),
                ("send_at", models.DateTimeField(verbose_name="leaves at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("lease_token", models.CharField(blank=True, editable=False, max_length=36)),
                ("lease_until", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "data_started_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="handing over since"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("may_be_twice", models.BooleanField(default=False, verbose_name="may have arrived twice")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="reason")),
            ],
            options={
                "verbose_name": "e-mail",
                "verbose_name_plural": "outbox",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["-urgent", "send_at", "id"], name="email_due"
                    ),
                    models.Index(condition=models.Q(("state", "sending")), fields=["lease_until"], name="email_leases"),
                    models.Index(fields=["state", "-created_at", "-id"], name="email_state_newest"),
                    models.Index(fields=["-created_at", "-id"], name="email_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sending"), _negated=True),
                            models.Q(("lease_until__isnull", False), models.Q(("lease_token", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="email_sending_has_lease",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="email_sent_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["failed", "skipped"]), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="email_refusal_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                ("country", models.CharField(default="ID", max_length=2, verbose_name="country")),
                ("on", models.DateField(verbose_name="day")),
                ("name_en", models.CharField(max_length=120, verbose_name="English name")),
                ("name_id", models.CharField(max_length=120, verbose_name="Indonesian name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("public", "Public holiday"), ("joint_leave", "Joint leave")],
                        default="public",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "holiday",
                "verbose_name_plural": "holidays",
                "ordering": ["on"],
                "constraints": [models.UniqueConstraint(fields=("country", "on", "kind"), name="holiday_once_per_day")],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("file", models.FileField(upload_to="imports/%Y/%m/", verbose_name="file")),
                ("file_name", models.CharField(max_length=160, verbose_name="file name")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("sheet", models.CharField(blank=True, max_length=80, verbose_name="sheet")),
                ("columns", models.JSONField(blank=True, default=dict, verbose_name="columns")),
                (
                    "platform",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.platform",
                        verbose_name="platform",
                    ),
                ),
                ("counted_at", models.DateTimeField(blank=True, null=True, verbose_name="numbers are from")),
                ("replaces_known", models.BooleanField(default=False, verbose_name="replace what is already known")),
                ("mapped_at", models.DateTimeField(blank=True, null=True, verbose_name="columns chosen")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded"),
                            ("rehearsed", "Rehearsed"),
                            ("confirmed", "Being imported"),
                            ("done", "Done"),
                            ("failed", "Stopped"),
                            ("discarded", "Discarded"),
                            ("undoing", "Being taken back"),
                            ("undone", "Taken back"),
                        ],
                        default="uploaded",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("cursor", models.PositiveIntegerField(default=0, verbose_name="last line finished")),
                ("counts", models.JSONField(blank=True, default=dict, verbose_name="counts")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("undo_began_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back since")),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
                ("outcomes", models.JSONField(blank=True, default=dict, verbose_name="what was taken back")),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="import_run_newest"),
                    models.Index(fields=["sha256"], name="import_run_file"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="crm.importrun",
                        verbose_name="import",
                    ),
                ),
                ("line", models.PositiveIntegerField(verbose_name="line")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("update", "Update"),
                            ("unchanged", "Unchanged"),
                            ("duplicate", "Duplicate"),
                            ("conflict", "Needs a person"),
                            ("rejected", "Rejected"),
                        ],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "reasons",
                    models.JSONField(
                        blank=True, default=list, help_text='[["code", "column", "text"]]', verbose_name="reasons"
                    ),
                ),
                (
                    "cells",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Kept for rows with trouble only.",
                        verbose_name="as it stood",
                    ),
                ),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="as it was read")),
                ("changed", models.JSONField(blank=True, default=dict, verbose_name="what it changed")),
                ("influencer_ref", models.BigIntegerField(blank=True, null=True, verbose_name="person")),
                (
                    "chosen_ref",
                    models.BigIntegerField(
                        blank=True,
                        help_text="Whose row it is, where it names accounts of two people.",
                        null=True,
                        verbose_name="person chosen",
                    ),
                ),
                ("written_at", models.DateTimeField(blank=True, null=True, verbose_name="written")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("removed", "Removed"),
                            ("back", "Put back"),
                            ("partly", "Put back in part"),
                            ("kept", "Stays"),
                        ],
                        max_length=8,
                        verbose_name="when taken back",
                    ),
                ),
                (
                    "kept",
                    models.JSONField(
                        blank=True, default=list, help_text='[["code", "what", "text"]]', verbose_name="what stays"
                    ),
                ),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            ],
            options={
                "verbose_name": "import row",
                "verbose_name_plural": "import rows",
                "ordering": ["line"],
                "indexes": [
                    models.Index(fields=["run", "verdict", "line"], name="import_row_verdict"),
                    models.Index(
                        condition=models.Q(("verdict", "update")), fields=["influencer_ref"], name="import_row_updated"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("run", "line"), name="import_row_once")],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("kind", models.SlugField(max_length=30, verbose_name="what it brings")),
                ("is_walled", models.BooleanField(default=False, verbose_name="holds the work of brands")),
                ("file", models.FileField(upload_to="imports/%Y/%m/", verbose_name="file")),
                ("file_name", models.CharField(max_length=160, verbose_name="file name")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("sheet", models.CharField(blank=True, max_length=80, verbose_name="sheet")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="headers")),
                ("columns", models.JSONField(blank=True, default=dict, verbose_name="columns")),
                (
                    "choices",
                    models.JSONField(blank=True, default=dict, verbose_name="what was chosen for the whole file"),
                ),
                ("mapped_at", models.DateTimeField(blank=True, null=True, verbose_name="columns chosen")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded"),
                            ("rehearsed", "Rehearsed"),
                            ("confirmed", "Being imported"),
                            ("done", "Done"),
                            ("taking_back", "Being taken back"),
                            ("taken_back", "Taken back"),
                            ("failed", "Stopped"),
                            ("discarded", "Discarded"),
                        ],
                        default="uploaded",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("cursor", models.PositiveIntegerField(default=0, verbose_name="last line finished")),
                ("counts", models.JSONField(blank=True, default=dict, verbose_name="counts")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            ],
            options={
                "verbose_name": "import of other things",
                "verbose_name_plural": "imports of other things",
                "indexes": [
                    models.Index(fields=["kind", "-created_at", "-id"], name="intake_newest"),
                    models.Index(fields=["sha256"], name="intake_file"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IntakeLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="crm.intake",
                        verbose_name="import",
                    ),
                ),
                ("line", models.PositiveIntegerField(verbose_name="line")),
                ("who", models.CharField(blank=True, max_length=160, verbose_name="who")),
                ("what", models.CharField(blank=True, max_length=300, verbose_name="what")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("adds", "Adds to a line above"),
                            ("unchanged", "Already there"),
                            ("duplicate", "Duplicate"),
                            ("unknown", "Not known yet"),
                            ("conflict", "Needs a person"),
                            ("rejected", "Rejected"),
                        ],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "reasons",
                    models.JSONField(
                        blank=True, default=list, help_text='[["code", "column", "text"]]', verbose_name="reasons"
                    ),
                ),
                ("cells", models.JSONField(blank=True, default=list, verbose_name="as it stood")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="as it was read")),
                ("made", models.JSONField(blank=True, default=dict, verbose_name="what it made")),
                (
                    "kept_because",
                    models.JSONField(blank=True, default=list, verbose_name="could not be taken back because"),
                ),
                ("written_at", models.DateTimeField(blank=True, null=True, verbose_name="written")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            ],
            options={
                "verbose_name": "line of an import",
                "verbose_name_plural": "lines of imports",
                "ordering": ["line"],
                "indexes": [models.Index(fields=["run", "verdict", "line"], name="intake_line_verdict")],
                "constraints": [models.UniqueConstraint(fields=("run", "line"), name="intake_line_once")],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("admin", "Admin"),
                            ("manager", "Manager"),
                            ("coordinator", "Coordinator"),
                            ("finance", "Finance"),
                            ("viewer", "Viewer"),
                        ],
                        default="coordinator",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("token_sha256", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                ("brand_refs", models.JSONField(blank=True, default=list, verbose_name="brands")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("token_sha256", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("tasks", "Own page"), ("preferences", "Preferences")],
                        default="tasks",
                        max_length=12,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="crm.contact",
                        verbose_name="holder",
                    ),
                ),
                ("influencer_ref", models.BigIntegerField(db_index=True, null=True, verbose_name="person")),
                ("brand_ref", models.BigIntegerField(null=True, verbose_name="brand")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                ("revoked_why", models.CharField(blank=True, max_length=200, verbose_name="revoked because")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="last used")),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="MajorityAge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                (
                    "country",
                    models.CharField(
                        blank=True, help_text="Empty: everywhere else.", max_length=2, verbose_name="country"
                    ),
                ),
                ("age", models.PositiveSmallIntegerField(verbose_name="age")),
            ],
            options={
                "verbose_name": "age of majority",
                "verbose_name_plural": "ages of majority",
                "ordering": ["country", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("country", "valid_from"), name="majority_age_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_from__isnull", True)),
                        fields=("country",),
                        name="majority_age_undated_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Niche",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="crm.niche",
                        verbose_name="within",
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="code")),
                ("name_en", models.CharField(max_length=60, verbose_name="English name")),
                ("name_id", models.CharField(max_length=60, verbose_name="Indonesian name")),
            ],
            options={
                "verbose_name": "niche",
                "verbose_name_plural": "niches",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(default="Mitra", max_length=120, verbose_name="name")),
                (
                    "postal_address",
                    models.TextField(
                        blank=True, help_text="Printed at the foot of e-mails.", verbose_name="postal address"
                    ),
                ),
                ("country", models.CharField(default="ID", max_length=2, verbose_name="country")),
                ("currency", models.CharField(default="IDR", max_length=3, verbose_name="currency")),
                ("zone", crm.base.fields.ZoneField(default="Asia/Jakarta", max_length=64, verbose_name="time zone")),
                (
                    "language",
                    crm.base.fields.LanguageField(
                        choices=[("en", "English"), ("id", "Bahasa Indonesia")],
                        default="id",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                (
                    "brand_walls",
                    models.BooleanField(
                        default=False,
                        help_text="When on, people see only the brands they were given. A small team leaves this off.",
                        verbose_name="brand walls",
                    ),
                ),
                ("tier_scheme", models.CharField(default="marketeers", max_length=40, verbose_name="tier scheme")),
                ("remind_at", models.TimeField(default=datetime.time(9, 0), verbose_name="reminders leave at")),
                ("quiet_from", models.TimeField(default=datetime.time(21, 0), verbose_name="quiet from")),
                ("quiet_until", models.TimeField(default=datetime.time(8, 0), verbose_name="quiet until")),
                (
                    "mail_paused_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="outgoing mail paused since"),
                ),
                ("mail_paused_why", models.CharField(blank=True, max_length=200, verbose_name="paused because")),
                (
                    "mail_redirect_to",
                    models.EmailField(
                        blank=True,
                        help_text="For rehearsals: every message goes to this address instead.",
                        max_length=254,
                        verbose_name="send everything to",
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="set up")),
                ("is_demo", models.BooleanField(default=False, editable=False, verbose_name="shows the demo season")),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisation",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="organisation_is_one_row")],
            },
        ),
        migrations.CreateModel(
            name="Brand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="brands",
                        to="crm.brandowner",
                        verbose_name="brand owner",
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "language",
                    crm.base.fields.LanguageField(
                        choices=[("en", "English"), ("id", "Bahasa Indonesia")],
                        default="id",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("zone", crm.base.fields.ZoneField(default="Asia/Jakarta", max_length=64, verbose_name="time zone")),
                (
                    "form_of_address",
                    models.CharField(
                        choices=[("kak", "Kak + name"), ("first", "First name")],
                        default="kak",
                        max_length=6,
                        verbose_name="form of address",
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        choices=[("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")],
                        default="a",
                        max_length=1,
                        verbose_name="colour",
                    ),
                ),
                (
                    "about",
                    models.TextField(
                        blank=True, help_text="Values, tone, what it does and never does.", verbose_name="character"
                    ),
                ),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived")),
                ("rivals", models.ManyToManyField(blank=True, to="crm.brand", verbose_name="competitors")),
                (
                    "personas",
                    models.ManyToManyField(
                        blank=True, related_name="brands", to="crm.persona", verbose_name="speaks to"
                    ),
                ),
            ],
            options={
                "verbose_name": "brand",
                "verbose_name_plural": "brands",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("fingerprint", models.CharField(max_length=64, unique=True, verbose_name="headers")),
                ("columns", models.JSONField(default=dict, verbose_name="columns")),
                (
                    "platform",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.platform",
                        verbose_name="platform",
                    ),
                ),
            ],
            options={
                "verbose_name": "import mapping",
                "verbose_name_plural": "import mappings",
            },
        ),
        migrations.CreateModel(
            name="Format",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="formats",
                        to="crm.platform",
                        verbose_name="platform",
                    ),
                ),
                ("code", models.SlugField(max_length=30, verbose_name="code")),
                ("name_en", models.CharField(max_length=60, verbose_name="English name")),
                ("name_id", models.CharField(max_length=60, verbose_name="Indonesian name")),
                (
                    "lasts_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="24 for a story: proof is asked for before then.",
                        null=True,
                        verbose_name="disappears after, hours",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
            ],
            options={
                "verbose_name": "format",
                "verbose_name_plural": "formats",
                "ordering": ["platform__position", "position"],
                "constraints": [models.UniqueConstraint(fields=("platform", "code"), name="format_once_per_platform")],
            },
        ),
        migrations.CreateModel(
            name="BenchmarkSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benchmark_sets",
                        to="crm.platform",
                        verbose_name="platform",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("likes", "Likes per follower"),
                            ("comments", "Comments per follower"),
                            ("public", "Likes and comments per follower"),
                            ("sponsored", "Likes and comments per follower, sponsored posts"),
                            ("views", "Engagements per view"),
                            ("impressions", "Engagements per impression"),
                        ],
                        max_length=12,
                        verbose_name="measure",
                    ),
                ),
                (
                    "is_chosen",
                    models.BooleanField(
                        default=False,
                        help_text="One set for each platform and measure.",
                        verbose_name="signs compare with this set",
                    ),
                ),
            ],
            options={
                "verbose_name": "benchmark set",
                "verbose_name_plural": "benchmark sets",
                "ordering": ["platform__position", "measure", "-source_year", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_chosen", True)),
                        fields=("platform", "measure"),
                        name="benchmark_set_one_chosen",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PortalSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="crm.link"
                    ),
                ),
                ("key_sha256", models.CharField(editable=False, max_length=64, unique=True)),
                ("started_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "page visit",
                "verbose_name_plural": "page visits",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("started_at"))), name="portal_session_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="crm.brand",
                        verbose_name="brand",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "value_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[
                            ("GBP", "British Pound"),
                            ("EUR", "Euro"),
                            ("IDR", "Indonesian Rupiah"),
                            ("MYR", "Malaysian Ringgit"),
                            ("SGD", "Singapore Dollar"),
                            ("USD", "US Dollar"),
                        ],
                        default="IDR",
                        editable=False,
                        max_length=3,
                        null=True,
                    ),
                ),
                (
                    "value",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="value"
                    ),
                ),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived")),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ["brand", "name"],
                "constraints": [models.UniqueConstraint(fields=("brand", "name"), name="product_once_per_brand")],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="crm.contact",
                        verbose_name="to",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="crm.rule",
                        verbose_name="rule",
                    ),
                ),
                (
                    "subject",
                    models.CharField(help_text="campaigns.deliverable:12", max_length=80, verbose_name="about"),
                ),
                (
                    "due_key",
                    models.CharField(help_text="2026-11-25/-3d/influencer", max_length=60, verbose_name="due key"),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("email_name", models.CharField(max_length=60, verbose_name="message")),
                (
                    "recipient",
                    models.CharField(
                        choices=[("influencer", "Influencer"), ("coordinator", "Coordinator"), ("manager", "Manager")],
                        max_length=12,
                        verbose_name="recipient",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("send_at", models.DateTimeField(verbose_name="leaves at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Planned"),
                            ("mailed", "In the outbox"),
                            ("skipped", "Not sent"),
                            ("void", "No longer needed"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "email",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="crm.email",
                        verbose_name="e-mail",
                    ),
                ),
                ("influencer_ref", models.BigIntegerField(blank=True, db_index=True, null=True, verbose_name="person")),
                ("brand_ref", models.BigIntegerField(blank=True, null=True, verbose_name="brand")),
                ("owner_ref", models.BigIntegerField(blank=True, null=True, verbose_name="owner")),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["send_at", "id"], name="reminder_due"
                    ),
                    models.Index(fields=["subject", "state"], name="reminder_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "void"), _negated=True),
                        fields=("contact", "rule", "subject", "due_key"),
                        name="reminder_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["skipped", "void"]), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reminder_refusal_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "mailed"), _negated=True), ("email__isnull", False), _connector="OR"
                        ),
                        name="reminder_mailed_has_email",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="crm.rule",
                        verbose_name="rule",
                    ),
                ),
                (
                    "offset",
                    models.SmallIntegerField(
                        help_text="Negative is before the due moment, 0 is on the day.", verbose_name="offset"
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("days", "days"), ("hours", "hours")],
                        default="days",
                        max_length=5,
                        verbose_name="unit",
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        choices=[("influencer", "Influencer"), ("coordinator", "Coordinator"), ("manager", "Manager")],
                        default="influencer",
                        max_length=12,
                        verbose_name="to",
                    ),
                ),
                ("email_name", models.CharField(max_length=60, verbose_name="message")),
                (
                    "moves_for_days_off",
                    models.BooleanField(default=True, verbose_name="moves for weekends and holidays"),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": ["offset", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("rule", "offset", "unit", "recipient"), name="rule_step_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                ("page", models.CharField(max_length=20, verbose_name="list")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=500, verbose_name="filter")),
                ("is_shared", models.BooleanField(default=False, verbose_name="for everybody")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "page", "name"), name="saved_view_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_shared", True)),
                        fields=("page", "name"),
                        name="saved_view_shared_name_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="saved_view_has_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "hue",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5"), (6, "6"), (7, "7"), (8, "8")],
                        default=1,
                        verbose_name="colour",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Upper("name"), name="tag_once"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="tag_has_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Territory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="crm.territory",
                        verbose_name="within",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("country", "Country"), ("province", "Province"), ("city", "City")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("zone", crm.base.fields.ZoneField(default="Asia/Jakarta", max_length=64, verbose_name="time zone")),
            ],
            options={
                "verbose_name": "territory",
                "verbose_name_plural": "territories",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Influencer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("name_alike", models.CharField(blank=True, default="", editable=False, max_length=120)),
                ("name_sounds", models.CharField(blank=True, default="", editable=False, max_length=120)),
                ("keys_of", models.CharField(blank=True, default="", editable=False, max_length=120)),
                ("stage_name", models.CharField(max_length=120, verbose_name="stage name")),
                ("legal_name", models.CharField(blank=True, max_length=160, verbose_name="legal name")),
                (
                    "language",
                    crm.base.fields.LanguageField(
                        choices=[("en", "English"), ("id", "Bahasa Indonesia")],
                        default="id",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("zone", crm.base.fields.ZoneField(default="Asia/Jakarta", max_length=64, verbose_name="time zone")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("prospect", "Prospect"),
                            ("in_talks", "In talks"),
                            ("active", "Works with us"),
                            ("resting", "Resting"),
                        ],
                        default="prospect",
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="influencers",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                ("birth_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                (
                    "is_public_figure",
                    models.BooleanField(
                        default=False, help_text="Fame is not a follower count.", verbose_name="public figure"
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.territory",
                        verbose_name="territory",
                    ),
                ),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                (
                    "main_niche",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.niche",
                        verbose_name="main niche",
                    ),
                ),
                ("aesthetic", models.CharField(blank=True, max_length=160, verbose_name="aesthetic")),
                ("palette", models.CharField(blank=True, max_length=160, verbose_name="palette and season")),
                (
                    "link_habit",
                    models.CharField(
                        blank=True,
                        help_text="For example: links and sizes in every caption.",
                        max_length=160,
                        verbose_name="link habit",
                    ),
                ),
                ("engagement_style", models.CharField(blank=True, max_length=200, verbose_name="engagement style")),
                (
                    "do_not_contact_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="do not contact since"),
                ),
                ("do_not_contact_until", models.DateField(blank=True, null=True, verbose_name="do not contact until")),
                (
                    "do_not_contact_why",
                    models.CharField(blank=True, max_length=200, verbose_name="do not contact because"),
                ),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.influencer",
                    ),
                ),
                (
                    "main_platform",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.platform",
                    ),
                ),
                ("main_handle", models.CharField(blank=True, editable=False, max_length=120)),
                (
                    "followers",
                    models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name="followers"),
                ),
                ("tier_code", models.CharField(blank=True, editable=False, max_length=20, verbose_name="tier")),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Upper("stage_name"),
                        output_field=models.CharField(max_length=120),
                    ),
                ),
                (
                    "followers_rank",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce("followers", models.Value(-1)),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "niches",
                    models.ManyToManyField(
                        blank=True, related_name="influencers", to="crm.niche", verbose_name="niches"
                    ),
                ),
                ("tags", models.ManyToManyField(blank=True, related_name="people", to="crm.tag", verbose_name="tags")),
            ],
            options={
                "verbose_name": "influencer",
                "verbose_name_plural": "influencers",
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="influencer_newest"),
                    models.Index(fields=["-followers_rank", "-id"], name="influencer_followers"),
                    models.Index(fields=["name_key", "id"], name="influencer_name"),
                    models.Index(fields=["stage", "-created_at", "-id"], name="influencer_stage"),
                    models.Index(fields=["tier_code", "-created_at", "-id"], name="influencer_tier"),
                    models.Index(fields=["owner", "-created_at", "-id"], name="influencer_owner"),
                    models.Index(
                        django.db.models.functions.text.Upper("city"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="influencer_city",
                    ),
                    models.Index(fields=["main_niche", "-created_at", "-id"], name="influencer_niche"),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="influencer_merged",
                    ),
                    models.Index(fields=["name_alike"], name="influencer_alike"),
                    models.Index(fields=["name_sounds"], name="influencer_sounds"),
                    models.Index(
                        condition=models.Q(("keys_of", models.F("stage_name")), _negated=True),
                        fields=["id"],
                        name="influencer_without_keys",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage_name", ""), _negated=True), name="influencer_has_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="crm.checkitem",
                        verbose_name="item",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("pass", "Pass"), ("concern", "Concern"), ("fail", "Fail"), ("na", "N.A.")],
                        max_length=8,
                        verbose_name="verdict",
                    ),
                ),
                ("evidence", models.TextField(blank=True, max_length=2000, verbose_name="what was seen")),
                ("link", models.URLField(blank=True, max_length=400, verbose_name="link")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                ("checked_on", models.DateField(verbose_name="checked")),
                ("expires_on", models.DateField(verbose_name="good until")),
                ("superseded_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="replaced")),
            ],
            options={
                "verbose_name": "check",
                "verbose_name_plural": "checks",
                "ordering": ["-checked_on", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=["expires_on", "influencer"],
                        name="check_expiry",
                    ),
                    models.Index(fields=["influencer", "-checked_on", "-id"], name="check_history"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("influencer", "item"),
                        name="check_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "pass"),
                            models.Q(("evidence", ""), _negated=True),
                            models.Q(("link", ""), _negated=True),
                            ("file__isnull", False),
                            _connector="OR",
                        ),
                        name="check_says_what_was_seen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gt", models.F("checked_on"))), name="check_ends_later"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HoldOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "failed_check",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="override",
                        to="crm.check",
                        verbose_name="failed check",
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
            ],
            options={
                "verbose_name": "override of a hold",
                "verbose_name_plural": "overrides of holds",
                "ordering": ["-decided_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="hold_override_says_why"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GuardianWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guardian_waivers",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="because")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="no longer since"),
                ),
            ],
            options={
                "verbose_name": "waiver of a guardian",
                "verbose_name_plural": "waivers of guardians",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="guardian_waiver_says_why"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("influencer",),
                        name="guardian_waiver_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days_off",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="first day")),
                ("end_on", models.DateField(verbose_name="last day")),
                ("note", models.CharField(blank=True, max_length=160, verbose_name="note")),
            ],
            options={
                "verbose_name": "days off",
                "verbose_name_plural": "days off",
                "ordering": ["start_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end_on__gte", models.F("start_on"))), name="day_off_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                ("recipient", models.CharField(max_length=120, verbose_name="recipient")),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(max_length=128, region=None, verbose_name="phone"),
                ),
                ("country", django_countries.fields.CountryField(default="ID", max_length=2, verbose_name="country")),
                ("street", models.CharField(max_length=240, verbose_name="street and number")),
                ("rt_rw", models.CharField(blank=True, max_length=15, verbose_name="RT/RW")),
                ("kelurahan", models.CharField(blank=True, max_length=80, verbose_name="kelurahan or village")),
                ("kecamatan", models.CharField(blank=True, max_length=80, verbose_name="kecamatan or district")),
                ("city", models.CharField(max_length=100, verbose_name="city or regency")),
                ("province", models.CharField(blank=True, max_length=80, verbose_name="province or state")),
                ("postcode", models.CharField(max_length=12, verbose_name="postcode")),
                ("landmark", models.CharField(blank=True, max_length=160, verbose_name="landmark")),
                ("is_current", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "address",
                "verbose_name_plural": "addresses",
                "ordering": ["-is_current", "-updated_at"],
            },
        ),
        migrations.CreateModel(
            name="LookAlike",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "lower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.influencer",
                        verbose_name="one person",
                    ),
                ),
                (
                    "higher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.influencer",
                        verbose_name="the other person",
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(default=0, verbose_name="points")),
                (
                    "reasons",
                    models.JSONField(
                        blank=True, default=list, help_text='[["name", "kirana putri"]]', verbose_name="reasons"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("different", "Not the same person")],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
            ],
            options={
                "verbose_name": "look-alike",
                "verbose_name_plural": "look-alikes",
                "indexes": [models.Index(fields=["status", "-points", "-id"], name="look_alike_open")],
                "constraints": [
                    models.UniqueConstraint(fields=("lower", "higher"), name="look_alike_once"),
                    models.CheckConstraint(
                        condition=models.Q(("lower__lt", models.F("higher"))), name="look_alike_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "stays",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.influencer",
                        verbose_name="who stays",
                    ),
                ),
                (
                    "goes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.influencer",
                        verbose_name="who was merged",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("merged", "Merged"), ("parted", "Parted again")],
                        default="merged",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("merged_at", models.DateTimeField(verbose_name="merged")),
                ("merged_by", models.CharField(max_length=160, verbose_name="merged by")),
                ("parted_at", models.DateTimeField(blank=True, null=True, verbose_name="parted")),
                (
                    "moved",
                    models.JSONField(
                        blank=True, default=dict, help_text='{"crm.note.influencer": [1, 2]}', verbose_name="what moved"
                    ),
                ),
                (
                    "values",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text='{"person": {"city": ["", "Bandung"]}}',
                        verbose_name="what changed",
                    ),
                ),
            ],
            options={
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
                "indexes": [models.Index(fields=["stays", "-merged_at"], name="merge_stays")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "merged")), fields=("goes",), name="merged_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stays", models.F("goes")), _negated=True), name="merge_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parted_at", None), ("status", "merged")),
                            models.Q(("parted_at__isnull", False), ("status", "parted")),
                            _connector="OR",
                        ),
                        name="merge_parted_has_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("note", "Note"), ("unread", "Could not be read")],
                        default="note",
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(verbose_name="note")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="facts")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("pinned_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="pinned")),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": [
                    models.OrderBy(models.F("pinned_at"), descending=True, nulls_last=True),
                    "-created_at",
                    "-id",
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="rater",
                    ),
                ),
                ("rater_name", models.CharField(max_length=120, verbose_name="name of the rater")),
                (
                    "visual",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="visual",
                    ),
                ),
                (
                    "storytelling",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="storytelling",
                    ),
                ),
                (
                    "taste",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="taste",
                    ),
                ),
                (
                    "consistency",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="consistency",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="in a few words")),
                ("rated_at", models.DateTimeField(verbose_name="rated")),
                ("superseded_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="replaced")),
            ],
            options={
                "verbose_name": "rating",
                "verbose_name_plural": "ratings",
                "ordering": ["-rated_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("rater__isnull", False), ("superseded_at__isnull", True)),
                        fields=("influencer", "rater"),
                        name="rating_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visual__gte", 1), ("visual__lte", 5)), name="rating_visual_1_to_5"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("storytelling__gte", 1), ("storytelling__lte", 5)),
                        name="rating_storytelling_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taste__gte", 1), ("taste__lte", 5)), name="rating_taste_1_to_5"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("consistency__gte", 1), ("consistency__lte", 5)),
                        name="rating_consistency_1_to_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="representations",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representations",
                        to="crm.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("self", "Herself or himself"),
                            ("agent", "Agent or manager"),
                            ("guardian", "Guardian"),
                        ],
                        default="self",
                        max_length=10,
                        verbose_name="acts as",
                    ),
                ),
                ("receives_mail", models.BooleanField(default=True, verbose_name="gets the mail")),
                (
                    "mail_work",
                    models.CharField(
                        blank=True,
                        choices=[("", "As usual"), ("to", "Gets it"), ("copy", "Gets a copy"), ("nothing", "Nothing")],
                        max_length=7,
                        verbose_name="Work and reminders",
                    ),
                ),
                (
                    "mail_contracts",
                    models.CharField(
                        blank=True,
                        choices=[("", "As usual"), ("to", "Gets it"), ("copy", "Gets a copy"), ("nothing", "Nothing")],
                        max_length=7,
                        verbose_name="Contracts",
                    ),
                ),
                (
                    "mail_payments",
                    models.CharField(
                        blank=True,
                        choices=[("", "As usual"), ("to", "Gets it"), ("copy", "Gets a copy"), ("nothing", "Nothing")],
                        max_length=7,
                        verbose_name="Payments",
                    ),
                ),
                (
                    "mail_parcels",
                    models.CharField(
                        blank=True,
                        choices=[("", "As usual"), ("to", "Gets it"), ("copy", "Gets a copy"), ("nothing", "Nothing")],
                        max_length=7,
                        verbose_name="Samples and addresses",
                    ),
                ),
                (
                    "mail_news",
                    models.CharField(
                        blank=True,
                        choices=[("", "As usual"), ("to", "Gets it"), ("copy", "Gets a copy"), ("nothing", "Nothing")],
                        max_length=7,
                        verbose_name="News and offers",
                    ),
                ),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="stands for her since")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="last day")),
            ],
            options={
                "verbose_name": "contact of a person",
                "verbose_name_plural": "contacts of people",
                "constraints": [
                    models.UniqueConstraint(fields=("influencer", "contact"), name="representation_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("capacity", "self")), fields=("influencer",), name="representation_one_self"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since_on__isnull", True),
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("since_on")),
                            _connector="OR",
                        ),
                        name="representation_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SocialAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="crm.platform",
                        verbose_name="platform",
                    ),
                ),
                ("handle", models.CharField(max_length=120, verbose_name="handle")),
                ("followers", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="followers")),
                ("followers_at", models.DateTimeField(blank=True, null=True, verbose_name="counted")),
                ("tier_override", models.CharField(blank=True, max_length=20, verbose_name="tier, set by hand")),
                (
                    "handle_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=crm.influencers.models.accounts.RTrimmed(
                            django.db.models.functions.text.Replace(
                                django.db.models.functions.text.Replace(
                                    django.db.models.functions.text.Replace(
                                        "handle", models.Value("."), models.Value("")
                                    ),
                                    models.Value("_"),
                                    models.Value(""),
                                ),
                                models.Value("-"),
                                models.Value(""),
                            )
                        ),
                        output_field=models.CharField(max_length=120),
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "ordering": ["platform__position", "handle"],
                "indexes": [models.Index(fields=["handle_key"], name="account_handle_key")],
                "constraints": [
                    models.UniqueConstraint(fields=("platform", "handle"), name="account_once_per_platform"),
                    models.CheckConstraint(
                        condition=models.Q(("handle", ""), _negated=True), name="account_has_handle"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplyCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reply_counts",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reply_counts",
                        to="crm.socialaccount",
                        verbose_name="account",
                    ),
                ),
                ("counted_on", models.DateField(verbose_name="counted")),
                ("posts", models.PositiveSmallIntegerField(verbose_name="posts looked at")),
                (
                    "percent",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="comments she answered, %"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "verbose_name": "reply count",
                "verbose_name_plural": "reply counts",
                "ordering": ["-counted_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100), ("posts__gte", 1)),
                        name="reply_count_of_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RateCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rates",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "format",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.format",
                        verbose_name="format",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="rates",
                        to="crm.socialaccount",
                        verbose_name="account",
                    ),
                ),
                (
                    "package",
                    models.CharField(
                        blank=True,
                        help_text="Several things for one price: 1 reel + 3 story",
                        max_length=120,
                        verbose_name="package",
                    ),
                ),
                (
                    "price_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[
                            ("GBP", "British Pound"),
                            ("EUR", "Euro"),
                            ("IDR", "Indonesian Rupiah"),
                            ("MYR", "Malaysian Ringgit"),
                            ("SGD", "Singapore Dollar"),
                            ("USD", "US Dollar"),
                        ],
                        default="IDR",
                        editable=False,
                        max_length=3,
                    ),
                ),
                ("price", djmoney.models.fields.MoneyField(decimal_places=2, max_digits=14, verbose_name="price")),
                (
                    "price_to",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="up to"),
                ),
                (
                    "tax",
                    models.CharField(
                        blank=True,
                        choices=[("", "not said"), ("net", "net: tax comes on top"), ("gross", "gross: tax included")],
                        default="",
                        max_length=5,
                        verbose_name="tax",
                    ),
                ),
                ("as_said", models.CharField(blank=True, max_length=160, verbose_name="as it was said")),
                (
                    "followers",
                    models.PositiveBigIntegerField(
                        blank=True, editable=False, null=True, verbose_name="followers then"
                    ),
                ),
                (
                    "engagement_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        editable=False,
                        max_digits=7,
                        null=True,
                        verbose_name="engagement rate then, %",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
            ],
            options={
                "verbose_name": "rate",
                "verbose_name_plural": "rate card",
                "ordering": ["-valid_from", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ProfileSample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profile_samples",
                        to="crm.socialaccount",
                        verbose_name="account",
                    ),
                ),
                ("taken_on", models.DateField(verbose_name="counted")),
                ("following", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="accounts followed")),
                ("posts", models.PositiveIntegerField(blank=True, null=True, verbose_name="posts in the profile")),
                ("like_counts", models.JSONField(blank=True, default=list, verbose_name="likes of the newest posts")),
                (
                    "comments_sampled",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="comments looked at"),
                ),
                (
                    "comments_alike",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="of these alike or only emoji"),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "profile sample",
                "verbose_name_plural": "profile samples",
                "ordering": ["-taken_on", "-id"],
                "indexes": [models.Index(fields=["account", "-taken_on", "-id"], name="profile_sample_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("comments_alike__isnull", True), ("comments_sampled__isnull", True)),
                            models.Q(
                                ("comments_alike__lte", models.F("comments_sampled")), ("comments_sampled__gte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="profile_sample_alike_within",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MetricSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="snapshots",
                        to="crm.socialaccount",
                        verbose_name="account",
                    ),
                ),
                ("taken_at", models.DateTimeField(verbose_name="counted")),
                (
                    "nature",
                    models.CharField(
                        choices=[("overall", "All posts"), ("organic", "Organic"), ("sponsored", "Sponsored")],
                        default="overall",
                        max_length=10,
                        verbose_name="posts",
                    ),
                ),
                ("posts", models.PositiveIntegerField(blank=True, null=True, verbose_name="posts looked at")),
                ("followers", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="followers")),
                ("likes", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="likes")),
                ("comments", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="comments")),
                ("saves", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="saves")),
                ("shares", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="shares")),
                ("views", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="views")),
                ("reach", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="reach")),
                (
                    "engagements",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="engagements, as given"),
                ),
                (
                    "authentic_engagements",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="authentic engagements, as given"
                    ),
                ),
                (
                    "engagement_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=7,
                        null=True,
                        verbose_name="engagement rate, as given, %",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "import_run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="snapshots",
                        to="crm.importrun",
                        verbose_name="import",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn")),
            ],
            options={
                "verbose_name": "metric snapshot",
                "verbose_name_plural": "metric snapshots",
                "indexes": [models.Index(fields=["account", "-taken_at", "-id"], name="snapshot_newest")],
            },
        ),
        migrations.CreateModel(
            name="Audience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audiences",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audiences",
                        to="crm.socialaccount",
                        verbose_name="account",
                    ),
                ),
                ("counted_on", models.DateField(verbose_name="counted")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "personas",
                    models.ManyToManyField(blank=True, related_name="+", to="crm.persona", verbose_name="who they are"),
                ),
            ],
            options={
                "verbose_name": "audience",
                "verbose_name_plural": "audiences",
                "indexes": [models.Index(fields=["influencer", "-counted_on", "-id"], name="audience_newest")],
            },
        ),
        migrations.CreateModel(
            name="OutsideDeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outside_deals",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.brand",
                        verbose_name="brand on file",
                    ),
                ),
                ("brand_name", models.CharField(max_length=120, verbose_name="brand")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.category",
                        verbose_name="category",
                    ),
                ),
                ("start_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("zone", crm.base.fields.ZoneField(default="Asia/Jakarta", max_length=64, verbose_name="time zone")),
                ("is_exclusive", models.BooleanField(default=False, verbose_name="exclusive")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("declared", "Told by her side"),
                            ("observed", "Seen by us"),
                            ("imported", "From an import"),
                        ],
                        max_length=8,
                        verbose_name="known from",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "in Mitra"),
                            ("email", "e-mail"),
                            ("whatsapp", "WhatsApp"),
                            ("call", "phone call"),
                            ("dm", "direct message"),
                            ("meeting", "in person"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                ("said_by", models.CharField(blank=True, max_length=120, verbose_name="who said it")),
                ("as_said", models.TextField(blank=True, verbose_name="in their words")),
                ("url", models.URLField(blank=True, max_length=400, verbose_name="address of the post")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.storedfile",
                        verbose_name="screenshot",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "import_run",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outside_deals",
                        to="crm.importrun",
                        verbose_name="import",
                    ),
                ),
            ],
            options={
                "verbose_name": "outside deal",
                "verbose_name_plural": "outside deals",
                "indexes": [models.Index(fields=["influencer", "-end_on", "-id"], name="outside_deal_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("brand_name", ""), _negated=True), name="outside_deal_has_brand"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_on__isnull", True),
                            ("end_on__isnull", True),
                            ("end_on__gte", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="outside_deal_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, verbose_name="when")),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[("user", "colleague"), ("contact", "partner"), ("system", "by itself")],
                        max_length=8,
                        verbose_name="who, kind",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "influencer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.influencer",
                        verbose_name="person",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.brand",
                        verbose_name="brand",
                    ),
                ),
                ("contact_ref", models.BigIntegerField(blank=True, null=True, verbose_name="contact")),
                ("actor_label", models.CharField(max_length=160, verbose_name="who")),
                (
                    "verb",
                    models.CharField(
                        db_index=True,
                        help_text="influencer.archived, deliverable.published, ...",
                        max_length=60,
                        verbose_name="verb",
                    ),
                ),
                ("sentence_en", models.TextField(verbose_name="what, in English")),
                ("sentence_id", models.TextField(verbose_name="what, in Indonesian")),
                (
                    "subject",
                    models.CharField(blank=True, help_text="crm.influencer:12", max_length=80, verbose_name="about"),
                ),
                ("subject_label", models.CharField(blank=True, max_length=200, verbose_name="about")),
                (
                    "changes",
                    models.JSONField(
                        blank=True, default=dict, help_text='{"field": [old, new]}', verbose_name="changes"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "in Mitra"),
                            ("email", "e-mail"),
                            ("whatsapp", "WhatsApp"),
                            ("call", "phone call"),
                            ("dm", "direct message"),
                            ("meeting", "in person"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                ("quote", models.TextField(blank=True, verbose_name="their words")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.storedfile",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "timeline entry",
                "verbose_name_plural": "timeline",
                "indexes": [
                    models.Index(fields=["influencer", "-at", "-id"], name="entry_story"),
                    models.Index(fields=["subject", "-at"], name="entry_subject"),
                    models.Index(fields=["brand", "-at"], name="entry_brand"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clearances",
                        to="crm.socialaccount",
                        verbose_name="account",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("ER_LOW", "Engagement below the benchmark"),
                            ("ER_HIGH", "Engagement above the benchmark"),
                            ("COMMENT_LIKE", "Comments per like"),
                            ("GROWTH_SPIKE", "Followers jumped"),
                            ("FOLLOW_RATIO", "Follows more than follow back"),
                            ("UNIFORM_LIKES", "Likes hardly differ"),
                            ("DUP_COMMENTS", "Comments repeat"),
                            ("SPONSORED_DROP", "Sponsored posts fall behind"),
                            ("GEO_MISMATCH", "Audience lives elsewhere"),
                            ("STALE", "Numbers are old"),
                            ("ENOUGH", "Enough for a score"),
                            ("CLEARANCE", "A clearance lasts"),
                            ("TIMES", "Times the benchmark worth a look"),
                            ("OFFER", "Offers that need the authenticity check"),
                        ],
                        max_length=20,
                        verbose_name="sign",
                    ),
                ),
                ("seen", models.CharField(blank=True, max_length=400, verbose_name="what the sign said")),
                ("evidence", models.TextField(max_length=2000, verbose_name="why it means nothing here")),
                ("link", models.URLField(blank=True, max_length=400, verbose_name="link")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cleared by",
                    ),
                ),
                ("cleared_on", models.DateField(verbose_name="cleared")),
                ("expires_on", models.DateField(verbose_name="until")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="taken back"),
                ),
            ],
            options={
                "verbose_name": "cleared sign",
                "verbose_name_plural": "cleared signs",
                "ordering": ["-cleared_on", "-id"],
                "indexes": [models.Index(fields=["account", "code", "-expires_on"], name="clearance_of_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("evidence", ""), _negated=True), name="clearance_has_evidence"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gte", models.F("cleared_on"))), name="clearance_ends_later"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "stands",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authorities",
                        to="crm.representation",
                        verbose_name="contact of a person",
                    ),
                ),
                (
                    "power",
                    models.CharField(
                        choices=[
                            ("settle", "Settle tasks"),
                            ("dates", "Agree to dates"),
                            ("sign", "Sign"),
                            ("money", "Receive money"),
                        ],
                        max_length=6,
                        verbose_name="may",
                    ),
                ),
                ("since_on", models.DateField(verbose_name="since")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("evidence", models.TextField(blank=True, verbose_name="how we know")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.storedfile",
                        verbose_name="paper",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "authority",
                "verbose_name_plural": "authorities",
                "ordering": ["power", "-since_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("since_on")), _connector="OR"
                        ),
                        name="authority_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evidence", ""), _negated=True), ("file__isnull", False), _connector="OR"
                        ),
                        name="authority_has_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("media_kit", "Media kit"),
                            ("insights", "Insights"),
                            ("rate_card", "Rate card"),
                            ("chat", "Conversation"),
                            ("other", "Something else"),
                        ],
                        default="other",
                        max_length=10,
                        verbose_name="what it is",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AudienceShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="crm.audience",
                        verbose_name="audience",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("age", "Age"), ("gender", "Gender"), ("place", "Place")],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("label", models.CharField(max_length=80, verbose_name="part")),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.territory",
                        verbose_name="territory",
                    ),
                ),
                ("percent", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="share, %")),
            ],
            options={
                "verbose_name": "share of an audience",
                "verbose_name_plural": "shares of audiences",
                "constraints": [
                    models.UniqueConstraint(fields=("audience", "kind", "label"), name="audience_share_once"),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gt", 0), ("percent__lte", 100)), name="audience_share_of_whole"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Threshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="source address")),
                ("source_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="source year")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A: regulator, statute or official page"),
                            ("B", "B: law firm, platform help, named research"),
                            ("C", "C: article, indicative only"),
                            ("H", "H: our own choice"),
                        ],
                        default="H",
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited here")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("ER_LOW", "Engagement below the benchmark"),
                            ("ER_HIGH", "Engagement above the benchmark"),
                            ("COMMENT_LIKE", "Comments per like"),
                            ("GROWTH_SPIKE", "Followers jumped"),
                            ("FOLLOW_RATIO", "Follows more than follow back"),
                            ("UNIFORM_LIKES", "Likes hardly differ"),
                            ("DUP_COMMENTS", "Comments repeat"),
                            ("SPONSORED_DROP", "Sponsored posts fall behind"),
                            ("GEO_MISMATCH", "Audience lives elsewhere"),
                            ("STALE", "Numbers are old"),
                            ("ENOUGH", "Enough for a score"),
                            ("CLEARANCE", "A clearance lasts"),
                            ("TIMES", "Times the benchmark worth a look"),
                            ("OFFER", "Offers that need the authenticity check"),
                        ],
                        max_length=20,
                        verbose_name="sign",
                    ),
                ),
                ("limit", models.DecimalField(decimal_places=4, max_digits=16, verbose_name="limit")),
                (
                    "upper",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="upper limit"
                    ),
                ),
                ("least", models.PositiveIntegerField(blank=True, null=True, verbose_name="needs at least")),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="takes off the score",
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("meaning", models.CharField(blank=True, max_length=240, verbose_name="meaning")),
            ],
            options={
                "verbose_name": "threshold",
                "verbose_name_plural": "thresholds",
                "ordering": ["code", "-valid_from", "currency"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "currency", "valid_from"), name="threshold_once_from_a_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_from__isnull", True)),
                        fields=("code", "currency"),
                        name="threshold_once_from_ever",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__lte", 100)), name="threshold_weighs_at_most_all"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tiers",
                        to="crm.tierscheme",
                        verbose_name="scheme",
                    ),
                ),
                ("code", models.SlugField(max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("low", models.PositiveBigIntegerField(verbose_name="from followers")),
                ("low_included", models.BooleanField(default=True, verbose_name="lower edge belongs here")),
                ("high", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="to followers")),
                ("high_included", models.BooleanField(default=False, verbose_name="upper edge belongs here")),
            ],
            options={
                "verbose_name": "tier",
                "verbose_name_plural": "tiers",
                "ordering": ["scheme", "low"],
                "constraints": [models.UniqueConstraint(fields=("scheme", "code"), name="tier_once_per_scheme")],
            },
        ),
        migrations.CreateModel(
            name="Todo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("written", "Task"),
                            ("question", "Question"),
                            ("more_time", "More time"),
                            ("not_this_time", "Not this time"),
                            ("no_address", "No e-mail address"),
                            ("bounced", "Address does not work"),
                            ("check", "Have a look"),
                            ("message", "To write by hand"),
                        ],
                        default="written",
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="task")),
                ("quote", models.TextField(blank=True, verbose_name="their words")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="todos",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="for",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("influencer_ref", models.BigIntegerField(blank=True, db_index=True, null=True, verbose_name="person")),
                ("influencer_label", models.CharField(blank=True, max_length=160, verbose_name="person")),
                ("brand_ref", models.BigIntegerField(blank=True, null=True, verbose_name="brand")),
                ("subject", models.CharField(blank=True, max_length=80, verbose_name="about")),
                ("subject_label", models.CharField(blank=True, max_length=200, verbose_name="about")),
                ("url", models.CharField(blank=True, max_length=300, verbose_name="address")),
                (
                    "key",
                    models.CharField(
                        blank=True, help_text="Mitra leaves one open task per key.", max_length=160, verbose_name="key"
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)), fields=["owner", "due_at"], name="todo_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True), models.Q(("key", ""), _negated=True)),
                        fields=("key",),
                        name="todo_one_open_per_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("name", models.CharField(max_length=60, verbose_name="message")),
                (
                    "language",
                    crm.base.fields.LanguageField(
                        choices=[("en", "English"), ("id", "Bahasa Indonesia")],
                        default="id",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                (
                    "text",
                    models.TextField(
                        help_text="Names such as ${first_name} are filled in; a blank line starts a paragraph.",
                        verbose_name="text",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
            ],
            options={
                "verbose_name": "e-mail wording",
                "verbose_name_plural": "e-mail wordings",
                "constraints": [models.UniqueConstraint(fields=("name", "language"), name="wording_once_per_language")],
            },
        ),
        migrations.CreateModel(
            name="Benchmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "benchmark_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="crm.benchmarkset",
                        verbose_name="set",
                    ),
                ),
                ("from_followers", models.PositiveBigIntegerField(default=0, verbose_name="from followers")),
                ("to_followers", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="to followers")),
                (
                    "low",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="low, %",
                    ),
                ),
                ("high", models.DecimalField(decimal_places=3, max_digits=6, verbose_name="high, %")),
            ],
            options={
                "verbose_name": "benchmark",
                "verbose_name_plural": "benchmarks",
                "ordering": ["benchmark_set", "from_followers"],
                "constraints": [
                    models.UniqueConstraint(fields=("benchmark_set", "from_followers"), name="benchmark_once_per_band"),
                    models.CheckConstraint(
                        condition=models.Q(("high__gte", models.F("low")), ("low__gt", 0)), name="benchmark_low_to_high"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_followers__isnull", True),
                            ("to_followers__gt", models.F("from_followers")),
                            _connector="OR",
                        ),
                        name="benchmark_band_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BrandAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="brand_access",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access",
                        to="crm.brand",
                        verbose_name="brand",
                    ),
                ),
            ],
            options={
                "verbose_name": "brand access",
                "verbose_name_plural": "brand access",
                "constraints": [models.UniqueConstraint(fields=("user", "brand"), name="brand_access_once")],
            },
        ),
    ]
