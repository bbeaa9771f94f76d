"""Screenshots of what is online: several for a story, one for each of its frames."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from crm.base.models import StoredFile
from crm.timeline.record import Actor, record

CAME = _("Screenshot of %(what)s for %(campaign)s on %(platform)s arrived")


def add_proof(post: LivePost, proof: StoredFile, *, at: dt.datetime, actor: Actor) -> None:
    """The first one of its own platform settles what is asked of her, as if she had sent it."""
    row = post.deliverable
    with row.collaboration.held():
        if post.is_first and row.proof is None:
            row.add_proof(proof, at=at, actor=actor)
        else:
            post.proofs.add(proof)
            record("post.proof", CAME, at=at, actor=actor, subject=post, file=proof, **post.said())
