"""Drafts a person handed in, what was said of them, and what went online."""

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import (
    CheckResult,
    ContentAsset,
    ContentCaption,
    ContentVersion,
    Deviation,
    ExtraRound,
    LiveCheck,
    LivePost,
    Note,
    ReplyPromise,
    ReviewDecision,
    UnsentDraft,
    Upload,
)
from crm.base.hers import hers

OURS = _("Which of us, or of the client's people, did it.")
SUM = _("A checksum: it tells nothing of what it stands for.")
VERSION, POST, CARD = (
    "version__deliverable__collaboration__influencer",
    "post__deliverable__collaboration__influencer",
    "deliverable__collaboration__influencer",
)

hers(Upload, f"unsent__{CARD}", goes=True, order=80)
hers(UnsentDraft, CARD, goes=True, order=90)
hers(Note, VERSION, empties="body quoted", stays="author_label", why=OURS)
hers(ReviewDecision, VERSION, empties="comment", stays="by_label noted_for sha256", why=OURS)
hers(CheckResult, VERSION, empties="quoted said_en said_id waive_reason")
hers(ContentCaption, VERSION, empties="caption")
hers(ContentAsset, VERSION, empties="file label alt_text", stays="sha256", why=SUM)
hers(ContentVersion, CARD, empties="submitted_by caption alt_text link words", stays="sha256", why=SUM)
hers(ExtraRound, "collaboration__influencer", empties="reason")
hers(Deviation, POST, empties="details note")
hers(LiveCheck, POST, empties="note")
hers(LivePost, CARD, empties="url live_caption proofs")
hers(ReplyPromise, CARD, empties="note")
