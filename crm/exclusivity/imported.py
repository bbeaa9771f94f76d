"""What a file says about work elsewhere becomes an outside deal, and leaves with the import that brought it."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from crm.exclusivity.actions.outside import ADDED, brands_called, know_brand
from crm.exclusivity.models import OutsideDeal
from crm.influencers.models import ImportRun, Influencer
from crm.influencers.places import DeclaredBar, declared_bars
from crm.timeline.record import Actor, entry, record_many


class Bars:
    """Keeps declared bars as outside deals."""

    def known(self, people: Collection[int]) -> Iterator[tuple[int, str]]:
        """Whose words are on file already."""
        rows = OutsideDeal.objects.filter(influencer__among=people).exclude(as_said="")
        yield from rows.values_list("influencer_id", "as_said")

    def keep(self, bars: Sequence[DeclaredBar], run: ImportRun, *, at: dt.datetime, actor: Actor) -> None:
        """Write them, in the import's own transaction, with as many statements for one as for hundreds."""
        zones = dict(Influencer.objects.filter(pk__among={bar.person for bar in bars}).values_list("pk", "zone"))
        brands = brands_called([bar.brand for bar in bars], run.started_by)
        deals = [self._deal(bar, run, zones[bar.person]) for bar in bars]
        for deal in deals:
            know_brand(deal, brands.get(deal.brand_name.casefold()))
        OutsideDeal.objects.bulk_create(deals)
        record_many(
            entry(
                "outside_deal.added",
                ADDED[deal.source],
                params={"brand": deal.brand_name},
                quote=deal.as_said,
                at=at,
                actor=actor,
                subject=deal,
                influencer=deal.influencer_id,
                brand=deal.brand_id,
            )
            for deal in deals
        )

    def _deal(self, bar: DeclaredBar, run: ImportRun, zone: str) -> OutsideDeal:
        return OutsideDeal(
            influencer_id=bar.person,
            brand_name=bar.brand[:120],
            end_on=bar.until_on,
            zone=zone,
            is_exclusive=True,
            source=OutsideDeal.Source.IMPORTED,
            said_by=run.file_name[:120],
            as_said=bar.text,
            author=run.started_by,
            import_run=run,
        )

    def take_back(self, run: ImportRun, people: Collection[int]) -> int:
        """Take away what the import brought for these people; what somebody confirmed since stays."""
        brought = OutsideDeal.objects.filter(import_run=run, influencer__among=people, confirmed_at=None)
        return brought.delete()[0]


@declared_bars("outside deals")
def bars() -> Bars:
    return Bars()
