"""The dated rows the checks go by, read once for everything that is asked together: the strictest row of all markets counts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

from campaigns.approvals.checking.asked import FAIL, Label, Limit, Rule
from campaigns.approvals.models import CheckRule, DisclosureLabel, LexiconEntry
from campaigns.briefs.models import CaptionLimit
from crm.base.trees import Tree
from crm.brands.models import Category
from crm.influencers.models import Format

UNION = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905  a list to read
)
EU = "EU"


@dataclass(frozen=True)
class Reference:
    """Everything written down about checks on one day."""

    rules: Mapping[str, Mapping[str, Rule | None]]
    """By code and market; None where a row is switched off."""
    labels: Mapping[str, tuple[Label, ...]]
    entries: tuple[LexiconEntry, ...]
    by_format: Mapping[int, CaptionLimit]
    by_platform: Mapping[int, CaptionLimit]
    categories: Tree
    regulated: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def on(cls, day: dt.date) -> "Reference":
        """Six queries."""
        limits = list(CaptionLimit.objects.valid_on(day).select_related("platform").order_by("valid_from"))
        return cls(
            _rules(CheckRule.objects.valid_on(day).order_by("position", "code", "valid_from")),
            _labels(DisclosureLabel.objects.valid_on(day).order_by("pk")),
            tuple(LexiconEntry.objects.valid_on(day).order_by("pk")),
            {row.format_id: row for row in limits if row.format_id},
            {row.platform_id: row for row in limits if not row.format_id},
            Tree.of(Category),
            dict(Category.objects.exclude(regulated="").values_list("pk", "regulated")),
        )

    def rules_for(self, markets: Collection[str]) -> dict[str, Rule]:
        """The strictest row of each rule; a rule nobody switched on is not there."""
        asked = ["", *markets]
        found = {}
        for code, rows in self.rules.items():
            rule = reduce(_stricter, (rows.get(market) for market in asked), None)
            if rule is not None:
                found[code] = rule
        return found

    def labels_for(self, markets: Iterable[str]) -> dict[str, tuple[Label, ...]]:
        """The labels of each market; of a country of the Union without its own, those of the Union."""
        return {market: self.labels.get(market) or self._of_union(market) for market in markets}

    def _of_union(self, market: str) -> tuple[Label, ...]:
        if market in UNION and EU in self.labels:
            return self.labels[EU]
        return tuple(label for rows in self.labels.values() for label in rows)

    def limit_of(self, one: Format) -> Limit | None:
        row = self.by_format.get(one.pk) or self.by_platform.get(one.platform_id)
        return limit_from(row, str(one)) if row is not None else None

    def limits(self) -> dict[int, Limit]:
        """What each platform takes when nothing is known but the platform."""
        return {pk: limit_from(row, row.platform.name) for pk, row in self.by_platform.items()}

    def kinds_of(self, category: int | None) -> frozenset[str]:
        """How a category is regulated, itself or by what it stands within."""
        return frozenset(self.regulated[one] for one in self.categories.line(category) if one in self.regulated)


def limit_from(row: CaptionLimit, name: str) -> Limit:
    source = (row.source, row.source_url)
    return Limit(name, row.longest, row.fold, row.hashtags, row.counting, source)


def rule_from(row: CheckRule) -> Rule:
    return Rule(row.code, row.outcome, row.holds, row.settings or {}, row.source, row.source_url)


def _stricter(one: Rule | None, other: Rule | None) -> Rule | None:
    """Of two rows the one that weighs more; the first when they weigh the same."""
    if one is None or other is None:
        return one or other
    return other if _weight(other) > _weight(one) else one


def _weight(rule: Rule) -> tuple[bool, bool]:
    return rule.holds, rule.outcome == FAIL


def _rules(rows: Iterable[CheckRule]) -> dict[str, dict[str, Rule | None]]:
    found: dict[str, dict[str, Rule | None]] = defaultdict(dict)
    for row in rows:
        found[row.code][row.country] = rule_from(row) if row.is_on else None
    return dict(found)


def _labels(rows: Iterable[DisclosureLabel]) -> dict[str, tuple[Label, ...]]:
    found: dict[str, list[Label]] = defaultdict(list)
    for row in rows:
        languages = frozenset(part.strip() for part in row.languages.split(",") if part.strip())
        found[row.country].append(Label(row.text, row.weight, languages, (row.source, row.source_url)))
    return {country: tuple(labels) for country, labels in found.items()}
