"""Typed readers of cells: each answers a value, a remark, or both, and never raises."""

from crm.influencers.imports.values.accounts import Account, read_account
from crm.influencers.imports.values.base import BLANK, Reading, is_blank, tidy
from crm.influencers.imports.values.contacts import read_email, read_phone
from crm.influencers.imports.values.dates import read_birth_date, read_date
from crm.influencers.imports.values.money import Price, read_price
from crm.influencers.imports.values.notes import DeclaredBar, read_notes
from crm.influencers.imports.values.numbers import RateHabit, read_count_cell, read_rate
from crm.influencers.imports.values.words import read_city, read_country, read_name, read_niches

__all__ = [
    "BLANK",
    "Account",
    "DeclaredBar",
    "Price",
    "RateHabit",
    "Reading",
    "is_blank",
    "read_account",
    "read_birth_date",
    "read_city",
    "read_count_cell",
    "read_country",
    "read_date",
    "read_email",
    "read_name",
    "read_niches",
    "read_notes",
    "read_phone",
    "read_price",
    "read_rate",
    "tidy",
]
