"""Monthly numbers can be brought in from a file."""

from crm.intake.kinds import bring
from crm.intake.monthly.kind import MonthlyNumbers

bring(MonthlyNumbers(), order=30)
