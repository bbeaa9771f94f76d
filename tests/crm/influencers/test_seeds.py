import pytest

from crm.base.models import Grade
from crm.base.seeding import lay_all
from crm.influencers.models import Format, Niche, Platform, TierScheme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def laid() -> None:
    lay_all()


def test_instagram_comes_first() -> None:
    assert list(Platform.objects.values_list("code", flat=True)[:3]) == ["instagram", "tiktok", "youtube"]


def test_every_platform_has_something_to_make_and_stories_last_a_day() -> None:
    assert not Platform.objects.filter(formats__isnull=True).exists()
    stories = Format.objects.filter(code__startswith="story")
    assert set(stories.values_list("lasts_hours", flat=True)) == {24}
    assert not Format.objects.exclude(code__startswith="story").filter(lasts_hours__isnull=False).exists()


def test_instagram_offers_its_own_formats() -> None:
    made = Format.objects.filter(platform__code="instagram").values_list("code", flat=True)

    assert list(made) == ["feed", "carousel", "reel", "story", "story-link", "live"]
    assert Format.objects.get(platform__code="instagram", code="story-link").name_en == "Story link (formerly swipe up)"


def test_the_six_niches_of_the_article_are_there() -> None:
    six = Niche.objects.filter(grade=Grade.ARTICLE, parent=None).values_list("slug", flat=True)

    assert set(six) == {"parenting", "make-up", "interior-design", "photography", "finance", "sport"}


def test_a_family_brand_finds_its_sub_niches() -> None:
    children = Niche.objects.get(slug="parenting").children.values_list("slug", flat=True)

    assert set(children) == {"child-education", "family-health", "family-holidays"}


def test_every_scheme_names_its_source() -> None:
    assert not TierScheme.objects.filter(source="").exists()
    assert TierScheme.objects.get(code="mediakix").grade == Grade.EXPERT
