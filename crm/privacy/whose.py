"""Under which ids and words a person is found."""

from collections.abc import Iterable

from django.db.models import Q

from crm.base.hers import ERASED, Her
from crm.base.places import ids_of_person
from crm.brands.models import Brand
from crm.influencers.models import Influencer, Representation, SocialAccount
from crm.outbox.models import Contact
from crm.team.models import User

SHORTEST = 5
"""A single word with fewer letters means too much else to be struck from texts about others."""


def her_of(pk: int) -> Her:
    """Everything one person is found under: in nine queries and a few for each of her names."""
    people = frozenset(ids_of_person(pk))
    contacts = contacts_of(people)
    said = _handles(people) + _reached(contacts) + _names(people, contacts)
    distinct = dict.fromkeys(word.strip() for word in said if word and word.strip())
    words = [word for word in distinct if _means_only_her(word, people, contacts)]
    return Her(pk, people, contacts, tuple(sorted(words, key=len, reverse=True)))


def contacts_of(people: frozenset[int]) -> frozenset[int]:
    """Contacts that stand for her and for nobody else. An agent of several people has asked nothing for himself."""
    stands = Representation.objects.all()
    others = stands.exclude(influencer_id__in=people).values("contact_id")
    mine = stands.filter(influencer_id__in=people).exclude(contact_id__in=others)
    colleagues = User.objects.filter(contact__isnull=False).values("contact_id")
    return frozenset(mine.exclude(contact_id__in=colleagues).values_list("contact_id", flat=True))


def _names(people: frozenset[int], contacts: frozenset[int]) -> list[str]:
    pairs = Influencer.objects.filter(pk__in=people, erased_at__isnull=True).values_list("stage_name", "legal_name")
    names = Contact.objects.filter(pk__in=contacts).values_list("name", flat=True)
    return [name for pair in pairs for name in pair] + list(names)


def _handles(people: frozenset[int]) -> list[str]:
    handles = SocialAccount.objects.filter(influencer_id__in=people).values_list("handle", flat=True)
    return [word for handle in handles for word in (f"@{handle}", handle)]


def _reached(contacts: frozenset[int]) -> list[str]:
    found: list[str] = []
    for contact in Contact.objects.filter(pk__in=contacts):
        found += [contact.email, *_written(contact.phone), *_written(contact.whatsapp)]
    return found


def _written(phone: object) -> Iterable[str]:
    """A number as it is stored and as people here write it."""
    number = str(phone or "")
    return [number, f"0{number[3:]}"] if number.startswith("+62") else [number]


def _means_only_her(word: str, people: frozenset[int], contacts: frozenset[int]) -> bool:
    """Whether nobody else we know is called so, in whole or in part: what means somebody else, too, stays in texts."""
    if len(word) < SHORTEST or ERASED in word:
        return False
    named = Q(stage_name__icontains=word) | Q(legal_name__icontains=word)
    called = Q(name__icontains=word) | Q(email__iexact=word)
    return not (
        Influencer.objects.exclude(pk__in=people).filter(named).exists()
        or SocialAccount.objects.exclude(influencer_id__in=people).filter(handle__icontains=word.lstrip("@")).exists()
        or Contact.objects.exclude(pk__in=contacts).filter(called).exists()
        or User.objects.filter(called).exists()
        or Brand.objects.filter(name__icontains=word).exists()
    )
