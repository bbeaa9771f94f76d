"""Things asked on the page that concern the links themselves."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.outbox.compose import enqueue
from crm.outbox.models import Contact, Email
from crm.portal.choices_forms import ChoicesForm
from crm.portal.models import Link
from crm.portal.registry import portal_frame
from crm.preferences.actions import decide, reach, wish
from crm.timeline.record import Actor, record


def send_new_links(email: str, at: dt.datetime) -> int:
    """Send a fresh link for every person and brand this address ever held one for; at most one an hour for each.

    Returns how many messages were asked for; the page must not show it.
    """
    held = (
        Link.objects.leading_to_tasks()
        .filter(contact__email__iexact=email, influencer_ref__isnull=False)
        .exclude(revoked_why="left")
        .select_related("contact")
        .order_by("contact_id", "influencer_ref", "brand_ref", "-created_at")
    )
    latest: dict[tuple[int, int | None, int | None], Link] = {}
    for link in held[:200]:
        latest.setdefault((link.contact_id, link.influencer_ref, link.brand_ref), link)
    with transaction.atomic():
        for link in latest.values():
            ask_for_link(link, at)
    return len(latest)


def ask_for_link(link: Link, at: dt.datetime) -> Email | None:
    """One message with a fresh link, ahead of bursts and outside quiet hours: she is waiting for it."""
    frame = portal_frame["person"].call(link, at)
    if frame is None or frame.is_closed:
        return None
    contact: Contact = link.contact
    return enqueue(
        "portal_link",
        to=contact,
        key=f"portal_link/{contact.pk}/{link.influencer_ref}/{link.brand_ref}/{at:%Y%m%d%H}",
        at=at,
        context={"greeting": frame.greeting, "brand": frame.brand, "owner": frame.owner},
        late_fields={"page": {"influencer": link.influencer_ref, "brand": link.brand_ref}},
        from_name=f"{frame.owner}, {frame.brand}" if frame.owner else frame.brand,
        reply_to=frame.owner_email,
        mail_class=Email.MailClass.SERVICE,
        urgent=True,
        ignores_quiet_hours=True,
        influencer_ref=link.influencer_ref,
        brand_ref=link.brand_ref,
    )


def speak(link: Link, language: str, at: dt.datetime, by: str) -> None:
    """Pages and later mail in another language for whoever holds the link, as she asked on her page."""
    contact = link.contact
    with transaction.atomic():
        if (
            not Contact.objects.filter(pk=contact.pk)
            .exclude(language=language)
            .update(language=language, updated_at=at)
        ):
            return
        record(
            "contact.language",
            _("Reads pages and mail in another language now"),
            at=at,
            actor=Actor.contact(contact, label=by),
            subject=contact,
            changes={"language": (contact.language, language)},
            influencer=link.influencer_ref,
            brand=link.brand_ref,
        )


def keep_choices(contact: Contact, form: ChoicesForm, *, at: dt.datetime, actor: Actor) -> bool:
    """What she ticked and chose, all or nothing; only what differs is recorded."""
    said = form.cleaned_data
    with transaction.atomic():
        done = [
            decide(contact, form.wanted, at=at, actor=actor),
            wish(
                contact,
                pace=said["pace"],
                weekday=said["weekday"],
                only_binding=not said["extras"],
                at=at,
                actor=actor,
            ),
            reach(
                contact,
                prefers=said["prefers"],
                whatsapp=str(said["whatsapp"] or ""),
                language=said["language"],
                at=at,
                actor=actor,
            ),
        ]
    return any(done)
