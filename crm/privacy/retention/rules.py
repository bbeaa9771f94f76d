"""The rules that hold on a day, each with what its room says about it."""

import datetime as dt
from dataclasses import dataclass

from crm.base.models import Organisation
from crm.base.places import Outlived, Placed, kept_for
from crm.base.zones import local_date
from crm.privacy.models import RetentionRule


@dataclass(frozen=True)
class Keeping:
    """One rule: how long, and what its room knows of what is older."""

    rule: RetentionRule
    placed: Placed  # type: ignore[type-arg]

    @property
    def key(self) -> str:
        return self.rule.key

    @property
    def label(self) -> str:
        return str(self.placed.words["label"])

    @property
    def days(self) -> int | None:
        """How many days, where another setting of the house does not say it; None for as long as there is room."""
        set_by = self.placed.words.get("set_by")
        return set_by() if set_by else self.rule.days

    @property
    def follows_setting(self) -> bool:
        return "set_by" in self.placed.words

    def outlived(self, at: dt.datetime) -> Outlived | None:
        """What was last needed so many days before this moment; None while nothing has an end."""
        days = self.days
        return None if days is None else self.placed.call(at - dt.timedelta(days=days), at)

    def asks(self, outlived: Outlived) -> bool:
        """Whether a person says yes before anything goes."""
        return self.rule.asks_first or outlived.take is None


def today(now: dt.datetime) -> dt.date:
    """The day where the house is."""
    return local_date(now, Organisation.load().zone)


def every_keeping() -> list[Keeping]:
    """Every rule of a room that is here, in the order of their rooms, whether it holds or not."""
    rules = {rule.key: rule for rule in RetentionRule.objects.all()}
    return [Keeping(rules[placed.key], placed) for placed in kept_for.all() if placed.key in rules]


def in_force(on: dt.date) -> list[Keeping]:
    """The rules that hold on this day."""
    keys = set(RetentionRule.objects.switched_on().valid_on(on).values_list("key", flat=True))
    return [keeping for keeping in every_keeping() if keeping.key in keys]
