"""Mail that came in from a person, or about her."""

from crm.base.hers import hers, may_name
from crm.inbox.models import InboundFile, InboundMail

hers(InboundFile, "mail__contact mail__influencer_ref", goes=True, order=90)
hers(
    InboundMail, "contact influencer_ref", unsaid="facts source",
    empties="from_name from_address influencer_label subject text whole_text facts source message_id",
)  # fmt: skip
may_name(InboundMail, "from_name subject text whole_text influencer_label from_address")
may_name(InboundFile, "label")
