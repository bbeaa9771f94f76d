"""Table of contents: the administration of every room."""

# ruff: noqa: F401
import crm.ambassadors.admin
import crm.ambassadors.admin_counted
import crm.archive.admin
import crm.base.admin
import crm.brands.admin
import crm.contracts.admin
import crm.exclusivity.admin
import crm.inbox.admin
import crm.influencers.admin
import crm.influencers.admin_contacts
import crm.influencers.admin_facts
import crm.influencers.alikes.admin
import crm.influencers.bulk_runs.admin
import crm.influencers.imports.admin
import crm.intake.admin
import crm.messages.admin
import crm.outbox.admin
import crm.outbox.admin_chat
import crm.payments.admin
import crm.portal.admin
import crm.preferences.admin
import crm.privacy.admin
import crm.reminders.admin
import crm.team.admin
import crm.timeline.admin
import crm.vetting.admin
import crm.watch.admin
