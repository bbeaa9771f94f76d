"""Screenshots and addresses of what is online: several screenshots for a story, one for each of its frames."""

import datetime as dt
from typing import Unpack

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from campaigns.planning.models.told import Told
from crm.base.models import StoredFile
from crm.timeline.record import Actor, record

ADDRESS = _("Address of %(what)s for %(campaign)s on %(platform)s: %(url)s")
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


def say_address(post: LivePost, url: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """Where it stands on a further platform; on its own it is the deliverable's."""
    with post.deliverable.collaboration.held():
        if post.is_first:
            post.deliverable.add_link(url, at=at, actor=actor, **told)
            return
        LivePost.objects.filter(pk=post.pk).update(url=url, updated_at=at)
        said = post.said()
        params = {**said.pop("params"), "url": url}
        record("post.address", ADDRESS, at=at, actor=actor, subject=post, params=params, **said, **told)
