"""Tasks about a person go; what was planned to be sent to her goes with them."""

from crm.base.hers import hers, may_name
from crm.reminders.models import Reminder, Todo

hers(Todo, "influencer_ref", goes=True)
hers(Reminder, "contact influencer_ref", goes=True, order=780)
may_name(Todo, "text quote subject_label influencer_label")
