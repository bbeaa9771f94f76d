"""Files of numbers, as a kind of result file: many posts with one file, and all of them back with one press."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Campaign
from campaigns.results.files.kinds import FileKind, Judged, Said, bring
from campaigns.results.models import PostSnapshot, ResultFile
from campaigns.results.numbers.boxes import NAMES
from campaigns.results.numbers.followers import followers_at
from campaigns.results.numbers.sheets import COLUMNS, COUNTED, Known, Refused, counted_in
from campaigns.results.numbers.taking import take_many
from campaigns.results.numbers.waiting import posts_of
from campaigns.results.places import tell_of_withdrawal
from crm.base.formats import count_short, day_words
from crm.base.zones import local_date
from crm.timeline.record import Actor

THERE = _("These numbers are here already.")
TWICE = _("Another row says the same post at the same moment.")
UNDONE = _("Undone with its file")


class Numbers(FileKind):
    """One row for each post and moment."""

    code = "numbers"
    title = _("Bring numbers")
    lead = _(
        "What was counted of many posts, from a sheet or an export. Each row finds its post and says what it brings."
    )
    hint = _(
        "One row for each post: its address, or the account and the day it went out, and the counts. 12,4rb, 1.2K and"
        " 3,5 jt are read. A column “counted on” says when; without it, the day of this upload counts."
    )
    who = _("Post")
    columns = COLUMNS
    most = 20_000

    def wrong_columns(self, targets: Sequence[str]) -> str:
        wrong = super().wrong_columns(targets)
        if wrong:
            return wrong
        if "post" not in targets and "handle" not in targets:
            return _now("Say which column is the address of the post, or the account.")
        return "" if set(targets) & set(COUNTED) else _now("Say which columns are the counts: likes, views, reach.")

    def back(self, campaign: Campaign) -> str:
        return reverse("campaign-numbers", args=[campaign.pk])

    def sheet(self, campaign: Campaign) -> str:
        return reverse("numbers-template", args=[campaign.pk])

    def judge(self, file: ResultFile, rows: Sequence[Said], now: dt.datetime) -> list[Judged]:
        posts = list(posts_of(file.campaign_id).with_card().select_related("deliverable__account"))
        known, latest = Known.of(posts), local_date(now, file.campaign.zone)
        there = set(
            PostSnapshot.objects.standing()
            .filter(live_post__in=posts, source=PostSnapshot.Source.FILE)
            .values_list("live_post_id", "taken_at")
        )
        seen: set[tuple[int, dt.datetime]] = set()
        followers = followers_at(posts)
        return [self._judged(file, row, known, latest, now, there, seen, followers) for row in rows]

    def _judged(
        self, file: ResultFile, row: Said, known: Known, latest: dt.date, now: dt.datetime,
        there: set[tuple[int, dt.datetime]], seen: set[tuple[int, dt.datetime]], followers: dict[int, int],
    ) -> Judged:  # fmt: skip
        judged = Judged(row.line, who=(row.get("handle") or row.get("post"))[:80])
        try:
            post = known.meant(row, latest)
            judged.who = f"{post.deliverable.collaboration.influencer.stage_name}: {post}"
            counted = counted_in(row, post.deliverable.zone, file.created_at, latest, result_file=file)
            counted.check(post, now)
        except Refused as refused:
            return judged.out(refused)
        except ValidationError as refused:
            return judged.out(" ".join(refused.messages))
        judged.what = said(counted.known, local_date(counted.taken_at, post.deliverable.zone))
        key = (post.pk, counted.taken_at)
        if key in there:
            return judged.known(THERE)
        if key in seen:
            return judged.out(TWICE)
        seen.add(key)
        if counted.followers is None and post.pk in followers:
            counted = counted.with_followers(followers[post.pk])
        judged.facts = (post, counted)
        return judged

    def write(self, file: ResultFile, rows: Iterable[Judged], *, at: dt.datetime, actor: Actor) -> int:
        facts = [row.facts for row in rows]
        held = LivePost.objects.select_for_update(of=("self",)).filter(pk__among={post.pk for post, _counted in facts})
        there = set(held.order_by("pk").values_list("pk", flat=True))
        signed = [(post, counted.signed(actor.label)) for post, counted in facts if post.pk in there]
        return len(take_many(signed, at=at, actor=actor))

    def undo(self, file: ResultFile, *, at: dt.datetime, actor: Actor) -> int:
        """Its numbers are withdrawn and stay to be read."""
        rows = PostSnapshot.objects.standing().filter(result_file=file)
        gone = list(rows.select_for_update(of=("self",)).order_by("pk"))
        why = str(UNDONE)
        PostSnapshot.objects.filter(pk__among=[one.pk for one in gone]).update(
            withdrawn_at=at, withdrawn_why=why, updated_at=at
        )
        tell_of_withdrawal(gone, why, at, actor)
        return len(gone)


def _said(counts: Mapping[str, int], on: dt.date) -> str:
    """What comes in, in short: the first counts and the day."""
    parts = [f"{count_short(counts[name])} {NAMES[name]}" for name in COUNTED if name in counts]
    return f"{', '.join(parts[:4])} · {day_words(on, 'brief')}"


said = lazy(_said, str)
"""Put together when somebody reads it: of thousands of rows a page shows fifty."""

bring(Numbers())
