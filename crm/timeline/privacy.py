"""What the timeline tells of a person: her story keeps its days and its verbs, and nothing that was said."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.hers import Forgetting, Her, Lost, empty, hers, may_name
from crm.base.places import forgets
from crm.timeline.models import Entry

PROOF = ("privacy.forgotten", "privacy.met", "privacy.kept", "privacy.released")
"""What tells that she was forgotten tells it with a number."""
TOLD = "subject_label sentence_en sentence_id changes quote file"


def story(her: Her) -> "QuerySet[Entry]":
    about = Q(influencer_id__in=her.people) | Q(contact_ref__in=her.contacts)
    about |= Q(subject__in=[f"crm.influencer:{pk}" for pk in her.people])
    about |= Q(subject__in=[f"crm.contact:{pk}" for pk in her.contacts])
    return Entry._base_manager.filter(about).exclude(verb__in=PROOF)


hers(
    Entry, rows=story, empties=TOLD, stays="actor_label", why=_("Who of us did it, and when: an account of our own work."),
    order=700,
)  # fmt: skip
may_name(Entry, "subject_label sentence_en sentence_id changes quote actor_label", order=710)


@forgets("crm.Entry.actor", model=Entry, what=Entry._meta.verbose_name_plural, held="", order=705)
def what_she_did(one: Forgetting) -> Lost:
    """What she did herself is told without her name."""
    theirs = Entry._base_manager.filter(contact_ref__in=one.her.contacts, actor_kind=Entry.ActorKind.CONTACT)
    return empty(theirs, ["actor_label"], Lost())
