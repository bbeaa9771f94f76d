"""Messages colleagues wrote to a person, alone or with others."""

from crm.base.hers import hers, may_name
from crm.messages.models import Message, MessageLine

hers(MessageLine, "influencer_ref contact", empties="label")
hers(
    Message, "answers__contact answers__influencer_ref", order=90,
    empties="subject_id text_id subject_en text_en asked title audience_label",
)  # fmt: skip
may_name(Message, "subject_id text_id subject_en text_en title audience_label asked")
may_name(MessageLine, "label")
