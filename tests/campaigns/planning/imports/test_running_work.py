"""A sheet of running work: a verdict per row first, then cards with their reminders off."""

import datetime as dt
from collections.abc import Callable

import pytest
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.brands.models import Brand, Category, Territory
from crm.influencers.models import Influencer, SocialAccount
from crm.intake import actions, pages
from crm.intake.kinds import of_run
from crm.intake.models import Intake, IntakeLine
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import plan
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.imports.conftest import Bring
from tests.conftest import NOW
from tests.crm.vetting.conftest import check
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, InfluencerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known", "glow")]

KIRANA = "@kirana;Glow;1 reel 2 story;2,8jt nett;27/11/2026;4 Des 2026;menunggu draft;;"
BAGAS = "https://www.instagram.com/bagas/?igsh=x;Glow;2x IG Reels;Rp1.500.000;;5 Des, 12 Des;deal;;"
Back = Callable[[Intake], Intake]


def verdicts(run: Intake) -> list[str]:
    return list(run.lines.values_list("verdict", flat=True))


def said(run: Intake, line: int = 2) -> list[str]:
    return pages.sentences(of_run(run), run.lines.get(line=line))


def count() -> tuple[int, int, int, int]:
    models = (Collaboration, Deliverable, Influencer, Campaign)
    return tuple(model.objects.count() for model in models)  # type: ignore[return-value]


def test_the_rehearsal_writes_nothing(bring: Bring) -> None:
    before = (*count(), Entry.objects.exclude(verb__startswith="intake.").count())
    run = bring(KIRANA, BAGAS)
    assert verdicts(run) == ["new", "new"]
    assert (*count(), Entry.objects.exclude(verb__startswith="intake.").count()) == before


def test_a_row_becomes_a_card_with_its_work_fee_and_state(bring: Bring) -> None:
    bring(KIRANA, write=True)
    card = Collaboration.objects.get()
    assert (card.influencer.stage_name, card.campaign.name, card.status) == ("Kirana Wijaya", "Glow", "making")
    assert (card.fee, card.fee_said) == (Money(2_800_000, "IDR"), "2,8jt nett")
    assert (card.reminders_off_at, card.promised_at) == (NOW, NOW)
    made = [
        (str(row.format), row.status, row.draft_due_on, row.post_due_on) for row in card.deliverables.order_by("pk")
    ]
    days = (dt.date(2026, 11, 27), dt.date(2026, 12, 4))
    assert made == [
        ("Instagram Reel", "expected", *days),
        ("Instagram Story", "expected", *days),
        ("Instagram Story", "expected", *days),
    ]
    assert {row.account for row in card.deliverables.all()} == {SocialAccount.objects.get(handle="kirana")}
    told = Entry.objects.get(verb="collaboration.imported")
    assert told.sentence_en == "Brought into Glow from “running.csv”, reminders off"
    assert (told.influencer_id, told.brand_id, told.subject) == (
        card.influencer_id,
        card.campaign.brand_id,
        f"campaigns.collaboration:{card.pk}",
    )


def test_each_thing_may_have_its_own_day(bring: Bring) -> None:
    bring(BAGAS, write=True)
    days = list(Deliverable.objects.order_by("pk").values_list("post_due_on", flat=True))
    assert days == [dt.date(2026, 12, 5), dt.date(2026, 12, 12)]


@pytest.mark.parametrize(
    ("state", "column", "status"),
    [
        ("nego", "in_talks", "expected"),
        ("deal", "agreed", "expected"),
        ("draft masuk", "review", "submitted"),
        ("siap posting", "posting", "approved"),
        ("sudah posting", "done", "published"),
        ("batal", "off", "expected"),
    ],
)
def test_the_state_decides_column_and_work(bring: Bring, state: str, column: str, status: str) -> None:
    bring(f"@kirana;Glow;1 reel;;;20 Nov 2026;{state};;", write=True)
    card = Collaboration.objects.get()
    assert (card.status, card.deliverables.get().status) == (column, status)
    assert card.off_why == ("batal" if column == "off" else "")


def test_what_is_out_has_its_day_and_its_address(bring: Bring) -> None:
    bring("@kirana;Glow;1 story 1 reel;;;20 Nov 2026;sudah posting;instagram.com/p/abc;", write=True)
    story, reel = Deliverable.objects.order_by("pk")
    assert (reel.post_url, story.post_url) == ("https://instagram.com/p/abc", "")
    assert reel.published_at == story.published_at == dt.datetime(2026, 11, 20, 5, tzinfo=dt.UTC)


def test_nothing_brought_in_is_reminded_of_and_nothing_past_ever_is(bring: Bring) -> None:
    bring(KIRANA, "@bagas;Glow;1 reel;;1/11/2026;10/11/2026;menunggu draft;;", write=True)
    for day in range(15):
        plan(NOW + dt.timedelta(days=day))
    assert Reminder.objects.count() == 0
    for card in Collaboration.objects.all():
        card.switch_reminders_on(at=NOW, actor=SYSTEM)
    plan(NOW)
    kirana = Influencer.objects.get(stage_name="Kirana Wijaya")
    assert set(Reminder.objects.values_list("influencer_ref", flat=True)) == {kirana.pk}
    assert Reminder.objects.filter(send_at__lt=NOW).count() == 0


def test_the_same_file_again_adds_nothing(bring: Bring) -> None:
    bring(KIRANA, BAGAS, write=True)
    before = count()
    run = bring(KIRANA, BAGAS, write=True)
    assert (verdicts(run), count()) == (["unchanged", "unchanged"], before)


def test_a_card_that_is_there_stays_as_it_is(bring: Bring, glow: Campaign) -> None:
    card = CollaborationFactory(
        campaign=glow, influencer=SocialAccount.objects.get(handle="kirana").influencer, status="shortlist"
    )
    run = bring(KIRANA, write=True)
    assert (verdicts(run), said(run)) == (["unchanged"], ["Is in this campaign already; the card stays as it is."])
    card.refresh_from_db()
    assert (card.status, card.fee, card.deliverables.count()) == ("shortlist", None, 0)


def test_a_card_somebody_added_after_the_rehearsal_stays_as_it_is(bring: Bring, glow: Campaign) -> None:
    run = bring(KIRANA)
    CollaborationFactory(campaign=glow, influencer=SocialAccount.objects.get(handle="kirana").influencer)
    run.confirm(at=NOW, actor=SYSTEM)
    actions.carry_on(run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.status, verdicts(run), Deliverable.objects.count()) == ("done", ["unchanged"], 0)


def test_more_rows_of_one_person_add_their_work_to_her_card(bring: Bring) -> None:
    story = "@kirana;Glow;1 story;;;6 Des 2026;menunggu draft;;"
    run = bring(KIRANA, story, KIRANA, write=True)
    assert verdicts(run) == ["new", "adds", "duplicate"]
    assert (Collaboration.objects.count(), Deliverable.objects.count()) == (1, 4)
    assert said(run, 4) == ["Says the same as row 2, which counts."]


def test_unknown_people_are_offered_as_prospects(bring: Bring) -> None:
    row = "@mawar.baru;Glow;1 reel;500rb;;4 Des 2026;deal;;"
    run = bring(row, row.replace("1 reel", "1 story"))
    assert verdicts(run) == ["unknown", "unknown"]
    assert [(offer.code, offer.text) for offer in of_run(run).offers(run)] == [
        ("create_people", "1 person is not known yet.")
    ]
    people = Influencer.objects.count()
    assert actions.accept(run, "create_people", now=NOW, actor=SYSTEM) is True
    actions.carry_on(run.pk, now=NOW)
    run.refresh_from_db()
    assert verdicts(run) == ["new", "adds"]
    assert Influencer.objects.count() == people
    run.confirm(at=NOW, actor=SYSTEM)
    actions.carry_on(run.pk, now=NOW)
    mawar = Influencer.objects.get(stage_name="mawar.baru")
    assert (mawar.stage, mawar.main_handle) == ("prospect", "mawar.baru")
    assert (Influencer.objects.count(), Collaboration.objects.get().influencer) == (people + 1, mawar)


def test_unknown_campaigns_are_offered_as_drafts_with_the_days_of_their_work(bring: Bring) -> None:
    header = "Nama;Brand;Campaign;Konten;Tgl tayang"
    rows = ("Kirana Wijaya;Lumi;Ramadan;1 reel;1/12/2026", "Bagas Wijaya;lumi;RAMADAN;1 reel;20/12/2026")
    run = bring(*rows, header=header)
    assert (verdicts(run), [offer.code for offer in of_run(run).offers(run)]) == (
        ["unknown", "unknown"],
        ["create_campaigns"],
    )
    bring(*rows, header=header, write=True, create_campaigns=True)
    made = Campaign.objects.get(name="Ramadan")
    assert (made.status, made.start_on, made.end_on, made.brand.name) == (
        "draft",
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 20),
        "Lumi",
    )
    assert made.collaborations.count() == 2


@pytest.mark.parametrize(
    ("row", "verdict", "sentence"),
    [
        (";;;;;;;;", "rejected", "The row is empty."),
        (";Glow;1 reel;;;4 Des;deal;;", "rejected", "The row names nobody: neither an account nor a name."),
        ("@kirana;;1 reel;;;4 Des;deal;;", "rejected", "The row names no campaign. Choose one for the whole file."),
        (
            "@kirana;Nope;1 reel;;;4 Des;deal;;",
            "unknown",
            "There is no campaign “Nope”, and no brand is named to open it for.",
        ),
        (
            "@kirana;Glow;1 reel;;;tbd;deal;;",
            "conflict",
            "Tgl posting: “tbd” is no day. Write it as 2026-12-05 or 5 Des 2026.",
        ),
        (
            "@kirana;Glow;1 reel;;9/12/2026;4/12/2026;deal;;",
            "conflict",
            "The draft is due after the posting day: 2026-12-09 > 2026-12-04.",
        ),
        (
            "@kirana;Glow;3 reel;;;4 Des, 5 Des;deal;;",
            "conflict",
            "The number of days does not fit the number of things: 2 / 3. Give one day for all, or one for each.",
        ),
    ],
)
def test_a_row_that_cannot_be_written_says_what_to_do(bring: Bring, row: str, verdict: str, sentence: str) -> None:
    run = bring(row, write=True)
    assert (verdicts(run), said(run)[0], Collaboration.objects.count()) == ([verdict], sentence, 0)
    assert run.lines.with_trouble().count() == 1


def test_what_cannot_be_read_is_kept_as_it_was_said(bring: Bring) -> None:
    run = bring("@kirana;Glow;1 reel + 1 podcast;1jt - 2jt;;4 Des 2026;deal;;minta invoice", write=True)
    card = Collaboration.objects.get()
    assert (card.fee, card.fee_said, card.note) == (None, "1jt - 2jt", "minta invoice. + 1 podcast")
    assert "“+ 1 podcast” is no format Mitra knows; kept as a note." in said(run)


def test_work_without_a_posting_day_is_kept_as_a_note(bring: Bring) -> None:
    run = bring("@kirana;Glow;1 reel 3 story;;;;deal;;", write=True)
    assert (Collaboration.objects.get().note, Deliverable.objects.count()) == ("1 reel 3 story", 0)
    assert said(run) == ["No posting day: “1 reel 3 story” is kept as a note, plan it on the card."]


def test_a_name_two_people_have_is_a_case_for_a_person(bring: Bring) -> None:
    InfluencerFactory(stage_name="Kirana Wijaya")
    run = bring("Kirana Wijaya;Glow", header="Nama;Campaign")
    assert verdicts(run) == ["conflict"]


def test_a_campaign_two_brands_have_asks_for_the_brand(bring: Bring) -> None:
    CampaignFactory(name="Glow", brand=BrandFactory(name="Solis"))
    run = bring("@kirana;Glow;Lumi", "@bagas;Glow;", header="Akun;Campaign;Brand")
    assert verdicts(run) == ["new", "conflict"]
    assert said(run, 3)[0] == "Two brands have a campaign “Glow”. Name the brand."


def test_taking_it_back_removes_what_nobody_touched(bring: Bring, take_it_back: Back) -> None:
    before = count()
    new = "@mawar.baru;Ramadan;1 reel;;;4 Des 2026;deal;;"
    choices = {"create_people": True, "create_campaigns": True, "brand_name": "Lumi"}
    run = bring(KIRANA, KIRANA.replace("1 reel 2 story", "1 carousel"), new, BAGAS, write=True, **choices)
    assert count() == (before[0] + 3, before[1] + 7, before[2] + 1, before[3] + 1)
    take_it_back(run)
    assert (run.status, count()) == ("taken_back", before)
    assert run.lines.standing().count() == 0
    assert Entry.objects.filter(verb="collaboration.taken_back").count() == 3


def test_what_somebody_worked_on_stays_and_says_so(bring: Bring, take_it_back: Back) -> None:
    run = bring(KIRANA, BAGAS, write=True)
    card = Collaboration.objects.get(influencer__stage_name="Kirana Wijaya")
    later = NOW + dt.timedelta(hours=2)
    card.deliverables.order_by("pk")[0].submit(at=later, actor=SYSTEM)
    take_it_back(run)
    assert [one.pk for one in Collaboration.objects.all()] == [card.pk]
    assert card.deliverables.count() == 3
    assert said(run, 2)[0].startswith("Somebody has worked on it since: Mitra, ")
    assert run.lines.kept().count() == 1


def test_work_planned_since_keeps_the_card(bring: Bring, take_it_back: Back) -> None:
    run = bring(KIRANA, write=True)
    card = Collaboration.objects.get()
    Deliverable.objects.create(
        collaboration=card, format=card.deliverables.all()[0].format, post_due_on=dt.date(2026, 12, 30)
    )
    take_it_back(run)
    assert (Collaboration.objects.count(), Deliverable.objects.count()) == (1, 4)
    assert said(run)[0] == "More was planned on this card since."


def test_in_back_and_in_again(bring: Bring, take_it_back: Back) -> None:
    rows = ("@mawar.baru;Glow;1 reel;;;4 Des 2026;deal;;", KIRANA)
    take_it_back(bring(*rows, write=True, create_people=True))
    run = bring(*rows, write=True, create_people=True)
    assert (verdicts(run), Collaboration.objects.count()) == (["new", "new"], 2)


def test_a_batch_that_dies_is_written_once(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    run = bring(*(f"@orang{n};Glow;1 reel;;;4 Des 2026;deal;;" for n in range(7)), create_people=True)
    monkeypatch.setattr("crm.intake.writing.BATCH", 3)
    run.confirm(at=NOW, actor=SYSTEM)
    from crm.intake import writing

    assert writing.writing_of(run, now=NOW).one_batch(run) == run.lines.all()[2].line
    assert Collaboration.objects.count() == 3
    actions.take_up_stalled(NOW + dt.timedelta(days=400))
    run.refresh_from_db()
    assert (run.status, Collaboration.objects.count(), verdicts(run)) == ("done", 7, ["new"] * 7)
    assert IntakeLine.objects.filter(written_at=None).count() == 0


def test_columns_are_remembered_for_the_same_headings(bring: Bring) -> None:
    run = bring("@kirana;Glow;x", header="Akun;Campaign;Apa saja")
    actions.choose_columns(run, ["account", "campaign", "note"], {}, now=NOW, actor=SYSTEM)
    again = bring("Glow;y;@bagas", header="campaign;apa saja;akun")
    assert again.columns["targets"] == ["campaign", "note", "account"]


def test_a_campaign_that_ended_after_the_rehearsal_takes_nobody(bring: Bring, glow: Campaign) -> None:
    run = bring(KIRANA)
    glow.wrap_up(at=NOW, actor=SYSTEM)
    run.confirm(at=NOW, actor=SYSTEM)
    actions.carry_on(run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.status, verdicts(run), said(run)[-1], Collaboration.objects.count()) == (
        "done",
        ["rejected"],
        "The campaign “Glow” is over.",
        0,
    )


def test_who_was_merged_after_the_rehearsal_is_who_she_is_now(bring: Bring) -> None:
    run = bring(KIRANA)
    stays = InfluencerFactory(stage_name="Kirana W.")
    Influencer.objects.filter(stage_name="Kirana Wijaya").update(merged_into=stays)
    run.confirm(at=NOW, actor=SYSTEM)
    actions.carry_on(run.pk, now=NOW)
    assert Collaboration.objects.get().influencer == stays


@pytest.mark.parametrize("found_at", ["before the rehearsal", "after it"])
def test_an_import_is_no_way_around_what_holds_an_offer(bring: Bring, coordinator: User, found_at: str) -> None:
    kirana = Influencer.objects.get(stage_name="Kirana Wijaya")
    rows = (KIRANA, "@kirana;Shine;1 reel;;;1 Nov 2026;selesai;;")
    CampaignFactory(name="Shine")
    if found_at == "before the rehearsal":
        check(kirana, "unsafe", "fail", coordinator)
    run = bring(*rows)
    if found_at == "after it":
        check(kirana, "unsafe", "fail", coordinator)
    run.confirm(at=NOW, actor=SYSTEM)
    actions.carry_on(run.pk, now=NOW)
    assert (verdicts(run), Collaboration.objects.get().status) == (["conflict", "new"], "done")
    assert said(run)[0 if found_at == "before the rehearsal" else -1].startswith("Held back: “Unsafe content” failed")


def test_a_prospect_somebody_has_something_to_do_about_stays(bring: Bring, take_it_back: Back) -> None:
    rows = [f"@{handle};Glow;1 reel;500rb;;4 Des 2026;deal;;" for handle in ("mawar.baru", "melati.baru")]
    run = bring(*rows, write=True, create_people=True)
    mawar = Influencer.objects.get(stage_name="mawar.baru")
    Todo.objects.create(text="Telepon", kind=Todo.Kind.CHECK, influencer_ref=mawar.pk, due_at=NOW)

    take_it_back(run)

    assert Collaboration.objects.count() == 0
    left = Influencer.objects.filter(stage_name__endswith=".baru")
    assert list(left.values_list("stage_name", flat=True)) == ["mawar.baru"]
    assert run.lines.get(line=2).kept_because == [["person-stays", "", "mawar.baru"]]


def test_a_campaign_from_a_file_sells_what_its_brand_sells_and_runs_where_it_was_said(
    bring: Bring, glow: Campaign
) -> None:
    skincare, indonesia = Category.objects.get(slug="skincare"), Territory.objects.get(code="id")
    Brand.objects.filter(pk=glow.brand_id).update(category=skincare)
    header = "Nama;Brand;Campaign;Konten;Tgl tayang"
    row = "Kirana Wijaya;Lumi;Ramadan;1 reel;1/12/2026"
    bring(row, header=header, write=True, create_campaigns=True, runs_in=[indonesia.pk])
    made = Campaign.objects.get(name="Ramadan")
    assert (made.category, list(made.territories.all())) == (skincare, [indonesia])
