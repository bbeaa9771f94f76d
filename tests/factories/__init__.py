"""Invented people, brands and campaigns for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.samples.models import SampleItem, SampleRequest, Shipment
from crm.brands.models import Brand, BrandOwner, Product
from crm.influencers.models import Format, Influencer, Platform, Representation, SocialAccount
from crm.outbox.models import Contact
from crm.team.models import Role, User


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    name = factory.Sequence(lambda n: f"Kontak {n}")
    email = factory.Sequence(lambda n: f"kontak{n}@contoh.example")
    language = "en"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"colleague{n}@mitra.example")
    name = factory.Sequence(lambda n: f"Colleague {n}")
    role = Role.COORDINATOR
    language = "en"
    contact = factory.LazyAttribute(
        lambda user: ContactFactory(
            kind=Contact.Kind.COLLEAGUE, name=user.name, email=user.email, language=user.language
        )
    )
    password = factory.django.Password("a long enough password")


class BrandOwnerFactory(DjangoModelFactory[BrandOwner]):
    class Meta:
        model = BrandOwner

    name = factory.Sequence(lambda n: f"House {n}")


class BrandFactory(DjangoModelFactory[Brand]):
    class Meta:
        model = Brand

    owner = factory.SubFactory(BrandOwnerFactory)
    name = factory.Sequence(lambda n: f"Brand {n}")


class PlatformFactory(DjangoModelFactory[Platform]):
    class Meta:
        model = Platform
        django_get_or_create = ("code",)

    code = "instagram"
    name = "Instagram"


class FormatFactory(DjangoModelFactory[Format]):
    class Meta:
        model = Format
        django_get_or_create = ("platform", "code")

    platform = factory.SubFactory(PlatformFactory)
    code = "reel"
    name_en = "Reel"
    name_id = "Reel"


class InfluencerFactory(DjangoModelFactory[Influencer]):
    class Meta:
        model = Influencer

    stage_name = factory.Sequence(lambda n: f"Kirana {n}")
    language = "en"


class RepresentationFactory(DjangoModelFactory[Representation]):
    class Meta:
        model = Representation

    influencer = factory.SubFactory(InfluencerFactory)
    contact = factory.SubFactory(ContactFactory)


class SocialAccountFactory(DjangoModelFactory[SocialAccount]):
    class Meta:
        model = SocialAccount

    influencer = factory.SubFactory(InfluencerFactory)
    platform = factory.SubFactory(PlatformFactory)
    handle = factory.Sequence(lambda n: f"kirana.{n}")
    followers = 34_000


class CampaignFactory(DjangoModelFactory[Campaign]):
    class Meta:
        model = Campaign

    brand = factory.SubFactory(BrandFactory)
    name = factory.Sequence(lambda n: f"Campaign {n}")
    start_on = dt.date(2026, 11, 1)
    end_on = dt.date(2026, 12, 31)
    owner = factory.SubFactory(UserFactory)
    status = Campaign.Status.LIVE
    offers_open_at = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)


class CollaborationFactory(DjangoModelFactory[Collaboration]):
    class Meta:
        model = Collaboration

    campaign = factory.SubFactory(CampaignFactory)
    influencer = factory.SubFactory(InfluencerFactory)
    status = Collaboration.Status.MAKING


class DeliverableFactory(DjangoModelFactory[Deliverable]):
    class Meta:
        model = Deliverable

    collaboration = factory.SubFactory(CollaborationFactory)
    format = factory.SubFactory(FormatFactory)
    draft_due_on = dt.date(2026, 11, 27)
    post_due_on = dt.date(2026, 12, 4)


class ProductFactory(DjangoModelFactory[Product]):
    class Meta:
        model = Product

    brand = factory.SubFactory(BrandFactory)
    name = factory.Sequence(lambda n: f"Serum {n}")


class SampleRequestFactory(DjangoModelFactory[SampleRequest]):
    """What a card is to get; without `collaboration` a gift."""

    class Meta:
        model = SampleRequest

    influencer = factory.LazyAttribute(
        lambda made: made.collaboration.influencer if made.collaboration else InfluencerFactory()
    )
    brand = factory.LazyAttribute(
        lambda made: made.collaboration.campaign.brand if made.collaboration else BrandFactory()
    )
    collaboration = None
    purpose = factory.LazyAttribute(lambda made: "contractual" if made.collaboration else "gift_no_ask")
    given_as = factory.SelfAttribute("purpose")
    owner = factory.SubFactory(UserFactory)


class SampleItemFactory(DjangoModelFactory[SampleItem]):
    class Meta:
        model = SampleItem

    request = factory.SubFactory(SampleRequestFactory)
    product = factory.LazyAttribute(lambda made: ProductFactory(brand=made.request.brand))


class ShipmentFactory(DjangoModelFactory[Shipment]):
    class Meta:
        model = Shipment

    request = factory.SubFactory(SampleRequestFactory)
