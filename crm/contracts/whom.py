"""Whom somebody means: handles and names, one per line or with commas between them."""

import re

from django.db.models import Q

from crm.influencers.models import Influencer
from crm.team.models import User

MOST = 50
SAID = 60
LONGEST = 200
"""Nobody is called more than that. It is not asked for: SQLite refuses to compare words of some thousand letters."""
BETWEEN = re.compile(r"[\n,;]+")


def people_chosen(ids: str, user: User, most: int) -> list[Influencer]:
    """Whom a list of people handed over, as ids between commas: as far as this colleague may see them, the first so many."""
    known = [int(part) for part in ids.split(",") if part.isascii() and part.isdigit() and len(part) < 19]
    rows = Influencer.objects.visible_to(user).present().filter(pk__among=known[:most])
    return list(rows.order_by("name_key", "pk"))


def people_named(text: str, user: User) -> tuple[list[Influencer], list[str]]:
    """The people in their order, each once, and the words nobody was found for. Two people of one name are nobody."""
    words = list(dict.fromkeys(word.strip() for word in BETWEEN.split(text) if word.strip()))
    people, unknown = dict[int, Influencer](), list[str]()
    for word in words[:MOST]:
        found = _called(word, user)[:2] if len(word) <= LONGEST else []
        if len(found) == 1:
            people[found[0].pk] = found[0]
        else:
            unknown.append(shortened(word))
    return list(people.values()), [*unknown, *map(shortened, words[MOST:])]


def shortened(word: str) -> str:
    return word if len(word) <= SAID else f"{word[:SAID]}…"


def _called(word: str, user: User) -> "list[Influencer]":
    handle = word.lstrip("@").casefold()
    seen = Influencer.objects.visible_to(user).filter(merged_into__isnull=True)
    rows = seen.filter(Q(stage_name__iexact=word) | Q(accounts__handle=handle))
    return list(rows.distinct().order_by("pk"))
