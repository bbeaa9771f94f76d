"""Running collaborations can be brought in from a file."""

from campaigns.planning.imports.kind import RunningWork
from crm.intake.kinds import bring

bring(RunningWork(), order=20)
