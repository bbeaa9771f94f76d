"""What people agreed to, read only, and the words they are asked with."""

from django.contrib import admin

from crm.base.admin import HouseAdmin, ReadOnlyAdmin
from crm.preferences.models import Consent, ConsentText, ReminderWish


@admin.register(ConsentText)
class ConsentTextAdmin(HouseAdmin[ConsentText]):
    """A new wording is a new version with its first day: what somebody agreed to stays as she saw it."""

    list_display = ("purpose", "version", "valid_from", "valid_to", "source", "grade", "edited_at")
    list_filter = ("purpose", "grade")
    search_fields = ("version", "words_en", "words_id", "source")
    ordering = ("purpose", "-valid_from")


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin[Consent]):
    list_display = ("contact", "purpose", "given_at", "withdrawn_at", "channel", "given_by")
    list_filter = (
        "purpose", "channel", "language", ("withdrawn_at", admin.EmptyFieldListFilter),
    )  # fmt: skip
    list_select_related = ("contact",)
    search_fields = ("contact__name", "contact__email", "evidence")
    date_hierarchy = "created_at"


@admin.register(ReminderWish)
class ReminderWishAdmin(ReadOnlyAdmin[ReminderWish]):
    list_display = ("contact", "pace", "weekday", "only_binding", "updated_at")
    list_filter = ("pace", "only_binding")
    list_select_related = ("contact",)
    search_fields = ("contact__name", "contact__email")
    date_hierarchy = "created_at"
