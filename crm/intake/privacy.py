"""Lines of files that were brought in and name a person."""

from crm.base.hers import may_name
from crm.intake.models import IntakeLine

may_name(IntakeLine, "who what cells facts reasons kept_because")
