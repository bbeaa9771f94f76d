"""Her data on her own page: she asks what we know about her, or to be forgotten. Whoever acts for her does not."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from crm.portal.registry import AnswerRefused, Asking, PortalFeature, PortalTask, Told, portal_task

FEATURE = "her_data"


class HerData:
    """A standing link at the foot of her page; no question of the database for it."""

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        if asking.contact is None or asking.powers is not None:
            return []
        title = _("Your data")
        return [
            PortalTask(
                FEATURE, asking.influencer_id, title, (), brand_id=asking.brand_id, standing=True, zone=asking.zone,
                page="portal-data", page_label=title,
            )
        ]  # fmt: skip

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        """Nothing is settled from the list: she asks on the page behind it."""
        raise AnswerRefused(_("Open “Your data” to ask."))


@portal_task(FEATURE, order=99)
def her_data() -> PortalFeature:
    return HerData()
