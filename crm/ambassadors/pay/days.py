"""When something is to be paid."""

import datetime as dt

from crm.ambassadors.models import AmbassadorDeal
from crm.base.models import Holiday, Organisation
from crm.base.windows import months_later, working_day_on_or_after


def pay_day(deal: AmbassadorDeal, from_on: dt.date) -> dt.date:
    """So many days after a day as the deal says; on a day off, the next working day."""
    due_on = from_on + dt.timedelta(days=deal.pay_days)
    return working_day_on_or_after(due_on, Holiday.objects.free_days(Organisation.load().country))


def month_end(on: dt.date) -> dt.date:
    return months_later(on.replace(day=1), 1) - dt.timedelta(days=1)
