import crm.base.fields
import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("crm", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.brand",
                        verbose_name="brand",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "goal",
                    models.CharField(
                        choices=[
                            ("awareness", "Awareness"),
                            ("advocacy", "Advocacy"),
                            ("conversation", "Conversation"),
                            ("sales", "Conversion to sales"),
                            ("traffic", "Traffic"),
                            ("category", "Category push"),
                            ("city", "New cities"),
                            ("brand_lift", "Brand lift"),
                        ],
                        default="awareness",
                        max_length=12,
                        verbose_name="goal",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(verbose_name="to")),
                ("zone", crm.base.fields.ZoneField(default="Asia/Jakarta", max_length=64, verbose_name="time zone")),
                (
                    "budget_currency",
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
                    "budget",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="budget"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                ("about", models.TextField(blank=True, verbose_name="about")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("live", "Live"),
                            ("paused", "Paused"),
                            ("wrapped", "Wrapped up"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("live_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="live since")),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "ordering": ["-start_on", "-id"],
                "indexes": [models.Index(fields=["status", "-start_on", "-id"], name="campaign_status")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end_on__gte", models.F("start_on"))), name="campaign_forward"
                    ),
                    models.UniqueConstraint(
                        fields=("brand", "name"),
                        name="campaign_once_per_brand",
                        violation_error_message="This brand already has a campaign of that name. Give this one another name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Collaboration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collaborations",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "influencer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.influencer",
                        verbose_name="influencer",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("shortlist", "Shortlist"),
                            ("in_talks", "In talks"),
                            ("agreed", "Agreed"),
                            ("making", "Making"),
                            ("review", "Review"),
                            ("posting", "Posting"),
                            ("done", "Done"),
                            ("off", "Not going ahead"),
                        ],
                        default="shortlist",
                        editable=False,
                        max_length=10,
                        verbose_name="column",
                    ),
                ),
                (
                    "fee_currency",
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
                    "fee",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="fee"
                    ),
                ),
                ("fee_said", models.CharField(blank=True, max_length=160, verbose_name="fee, as it was said")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("off_why", models.CharField(blank=True, max_length=200, verbose_name="not going ahead because")),
                (
                    "promised_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="agreed since"),
                ),
                (
                    "paused_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reminders paused since"),
                ),
                (
                    "reminders_off_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reminders off since"),
                ),
                (
                    "reminders_on_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reminders switched on"),
                ),
            ],
            options={
                "verbose_name": "collaboration",
                "verbose_name_plural": "collaborations",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["influencer", "-id"], name="collaboration_person")],
                "constraints": [models.UniqueConstraint(fields=("campaign", "influencer"), name="collaboration_once")],
            },
        ),
        migrations.CreateModel(
            name="Deliverable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "collaboration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliverables",
                        to="campaigns.collaboration",
                        verbose_name="collaboration",
                    ),
                ),
                (
                    "format",
                    models.ForeignKey(
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
                        related_name="+",
                        to="crm.socialaccount",
                        verbose_name="account",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                (
                    "draft_due_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no draft is needed.",
                        null=True,
                        verbose_name="draft due",
                    ),
                ),
                ("post_due_on", models.DateField(verbose_name="posting day")),
                ("zone", crm.base.fields.ZoneField(default="Asia/Jakarta", max_length=64, verbose_name="time zone")),
                (
                    "dates_set_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="dates entered"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("expected", "Expected"),
                            ("submitted", "Draft is here"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("dropped", "Dropped"),
                        ],
                        default="expected",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("draft_url", models.URLField(blank=True, max_length=500, verbose_name="draft")),
                ("drafts", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="drafts so far")),
                ("changes_note", models.TextField(blank=True, editable=False, verbose_name="changes asked for")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="draft arrived"),
                ),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="approved on"),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published on"),
                ),
                ("post_url", models.URLField(blank=True, max_length=500, verbose_name="address of the post")),
                (
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.storedfile",
                        verbose_name="proof",
                    ),
                ),
            ],
            options={
                "verbose_name": "deliverable",
                "verbose_name_plural": "deliverables",
                "ordering": ["post_due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "expected")),
                        fields=["draft_due_on"],
                        name="deliverable_draft_open",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ["expected", "submitted", "approved"])),
                        fields=["post_due_on"],
                        name="deliverable_post_open",
                    ),
                    models.Index(
                        condition=models.Q(("status", "published")),
                        fields=["published_at"],
                        name="deliverable_published",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("draft_due_on__isnull", True),
                            ("draft_due_on__lte", models.F("post_due_on")),
                            _connector="OR",
                        ),
                        name="deliverable_draft_before_post",
                        violation_error_message="The draft is due after the posting day. Swap the days or correct one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="deliverable_published_has_time",
                    ),
                ],
            },
        ),
    ]
