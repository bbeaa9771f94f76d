"""What captions of these tests are judged by: the seeded rules, labels and words, without a database."""

from dataclasses import replace
from typing import Any

from campaigns.approvals.checking import reference
from campaigns.approvals.checking.asked import Asked, Finding, Limit, Word
from campaigns.approvals.checking.reference import Reference
from campaigns.approvals.checking.rules import judge
from campaigns.approvals.checking.seeds import labels, rules, words
from crm.base.trees import Tree

SEEDED = Reference(
    reference._rules(rules.catalogue()), reference._labels(labels.labels()), tuple(words.lexicon()), {}, {}, Tree({})
)
INSTAGRAM = Limit("Instagram, Feed", 2200, 125, 5)
COSMETIC = tuple(
    Word(row.term, tuple(row.variants), tuple(row.exceptions), row.instead, row.outcome, row.lexicon)
    for row in SEEDED.entries
)


def asked(caption: str, *markets: str, **known: Any) -> Asked:
    """An Instagram post somebody is paid for, in Indonesia unless said otherwise."""
    where = markets or ("ID",)
    facts = Asked(
        caption, SEEDED.rules_for(where), INSTAGRAM, platform="instagram", markets=where,
        labels=SEEDED.labels_for(where), words=COSMETIC,
    )  # fmt: skip
    return replace(facts, **known)


def found(rule: str, caption: str, *markets: str, **known: Any) -> list[Finding]:
    return [one for one in judge(asked(caption, *markets, **known)) if one.rule == rule]


def outcomes(rule: str, caption: str, *markets: str, **known: Any) -> list[str]:
    return [one.outcome for one in found(rule, caption, *markets, **known)]


def quotes(rule: str, caption: str, *markets: str, **known: Any) -> list[str]:
    """The words a rule objects to."""
    return [one.quoted for one in found(rule, caption, *markets, **known) if one.is_hit]
