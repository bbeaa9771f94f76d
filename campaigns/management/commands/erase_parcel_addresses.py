"""`manage.py erase_parcel_addresses 12`: blank name, phone and street of one person in every parcel that was sent to her."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaigns.planning.models import Refused
from campaigns.samples.after.erasing import blank_addresses
from crm.influencers.models import Influencer
from crm.timeline.record import SYSTEM


class Command(BaseCommand):
    help = "Blank name, phone and street of one person in every parcel sent to her. Value, city and days stay for the books."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", type=int, help="The number in the address of her page.")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Influencer.objects.filter(pk=options["person"]).first()
        if person is None:
            raise CommandError(f"Nobody has the number {options['person']}. It stands in the address of her page.")
        try:
            blanked = blank_addresses(person, at=timezone.now(), actor=SYSTEM)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Blanked the addresses of {blanked} parcels to {person}.")
