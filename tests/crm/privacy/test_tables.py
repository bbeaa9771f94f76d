"""No table is forgotten: whatever holds words, addresses or money says what becomes of it when a person asks."""

from crm.base.places import forgets, her_data
from tests.classification_table import TABLE, Fields
from tests.crm.privacy.nobody import NOBODY

TELLING = sorted(label for label, fields in TABLE.items() if fields.contact or fields.financial or fields.content)
HERS = {placed.key: placed for placed in her_data.all()}
MAY_NAME = {placed.words["model"]._meta.label: placed for placed in forgets.all() if placed.key.startswith("words:")}


def told(fields: Fields) -> set[str]:
    return {*fields.contact.split(), *fields.content.split()}


def test_every_table_with_words_about_people_is_in_a_list() -> None:
    unsaid = [label for label in TELLING if label not in HERS and label not in MAY_NAME and label not in NOBODY]
    assert unsaid == [], "Say in the privacy.py of its room what becomes of it when a person asks to be forgotten."


def test_a_table_about_nobody_is_in_no_other_list() -> None:
    assert sorted(label for label in NOBODY if label in HERS or label in MAY_NAME or label not in TABLE) == []


def test_every_field_that_tells_of_a_person_is_emptied_or_stays_for_a_reason() -> None:
    left: dict[str, set[str]] = {}
    for label, placed in HERS.items():
        said = placed.words
        unsaid = set() if said["goes"] else told(TABLE[label]) - {*said["empties"], *said["stays"]}
        if unsaid or bool(said["stays"]) != bool(said["why"]):
            left[label] = unsaid
    assert left == {}


def test_fields_are_named_as_they_are() -> None:
    wrong: dict[str, set[str]] = {}
    for placed in forgets.all():
        words = {**placed.words, **(HERS[placed.key].words if placed.key in HERS else {})}
        named = {name for kind in ("names", "empties", "stays", "unsaid") for name in words.get(kind, ())}
        unknown = named - {field.name for field in words["model"]._meta.get_fields()}
        if unknown:
            wrong[placed.key] = unknown
    assert wrong == {}
