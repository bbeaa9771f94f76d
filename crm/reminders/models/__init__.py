"""Reminders are rows planned from the state of the database; rules are data; Todo is what people write down themselves."""

from crm.reminders.models.beats import Beat
from crm.reminders.models.feeds import CalendarFeed
from crm.reminders.models.reminders import Reminder, ReminderQuerySet
from crm.reminders.models.rules import Cap, Recipient, Rule, RuleStep
from crm.reminders.models.todos import Todo, TodoQuerySet

__all__ = [
    "Beat",
    "CalendarFeed",
    "Cap",
    "Recipient",
    "Reminder",
    "ReminderQuerySet",
    "Rule",
    "RuleStep",
    "Todo",
    "TodoQuerySet",
]
