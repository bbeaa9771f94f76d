"""Who a person is, how she is reached, what she asks for, what was noted of her; what an import read about her."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.hers import Her, called_by_name, hers, may_name
from crm.brands.models import Brand, Category, Product, ProductVariant, Territory
from crm.influencers.models import (
    Address,
    Attachment,
    Audience,
    Authority,
    BulkRow,
    BulkRun,
    DayOff,
    Format,
    GuardianWaiver,
    ImportRow,
    Influencer,
    LookAlike,
    Merge,
    Niche,
    Note,
    Platform,
    RateCard,
    ReminderPause,
    ReplyCount,
    Representation,
    SavedView,
    SocialAccount,
)
from crm.influencers.models.people import InfluencerQuerySet

called_by_name(Brand, Category, Product, ProductVariant, Territory, Format, Niche, Platform)
OURS = _("Which of us did it.")


def herself(her: Her) -> "QuerySet[Influencer]":
    return InfluencerQuerySet(Influencer).filter(pk__in=her.people).not_forgotten()


for goes in (Address, Attachment, Audience, DayOff, GuardianWaiver, Note, RateCard, ReminderPause, ReplyCount):
    hers(goes, "influencer", goes=True, order=600)
hers(LookAlike, "lower higher", goes=True)
hers(Authority, "stands__influencer stands__contact", empties="evidence file", held="contract")
hers(Representation, "influencer contact", order=860)
hers(Merge, "stays goes", empties="values", stays="merged_by", why=OURS)
hers(SocialAccount, "influencer", empties="handle", stays="handle_key", why=_("Follows the handle."), order=870)
hers(BulkRow, "influencer_ref", empties="label data reason")
hers(ImportRow, "influencer_ref chosen_ref", goes=True)
may_name(ImportRow, "reasons cells facts changed kept")
may_name(BulkRow, "label data reason")
may_name(BulkRun, "data query why")
may_name(SavedView, "query")
may_name(Note, "text facts")
may_name(LookAlike, "reasons")
hers(
    Influencer,
    rows=herself,
    empties="stage_name legal_name birth_on city main_handle name_alike name_sounds aesthetic palette link_habit "
    "engagement_style do_not_contact_why",
    stays="name_key keys_of",
    why=_("Both follow the name she has from then on: a number."),
    unsaid="name_key name_alike name_sounds keys_of",
    order=900,
)
