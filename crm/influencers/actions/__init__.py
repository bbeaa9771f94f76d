"""What changes people: every change is recorded and never overwrites somebody else's unseen."""

from crm.influencers.actions.accounts import refresh_main_account

__all__ = ["refresh_main_account"]
