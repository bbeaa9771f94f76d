"""Tables with words, addresses or money in them that are about nobody we work with, each with its reason.

A table of people is no line here: it says in its room's `privacy.py` what it holds about a person.
"""

COLLEAGUE = "about a colleague, who leaves by her own way (docs/privacy.md)"
HOUSE = "settings and words of the house"
BRAND = "about a brand, its products and its plans"
OPERATORS = "what operators read about the machine"
SEVERAL = "a file or a run about many people; retention takes it away whole"
LIBRARY = "kept by a library for colleagues who sign in"

NOBODY: dict[str, str] = {
    "crm.Organisation": HOUSE,
    "crm.StoredFile": "goes with the row that shows it",
    "crm.Forgotten": "a keyed hash nobody can read an address from",
    "crm.RetentionRun": OPERATORS,
    "crm.DataIncident": "about what went wrong; whose data it was is a row of its own",
    "crm.BackupRun": OPERATORS,
    "crm.ExportRun": OPERATORS,
    "crm.Outcome": OPERATORS,
    "crm.ChatWording": HOUSE,
    "crm.Wording": HOUSE,
    "crm.ConsentText": HOUSE,
    "crm.Mailbox": HOUSE,
    "crm.User": COLLEAGUE,
    "crm.Leave": COLLEAGUE,
    "crm.Invitation": COLLEAGUE,
    "crm.Brand": BRAND,
    "crm.Product": BRAND,
    "crm.ProductVariant": BRAND,
    "crm.Intake": SEVERAL,
    "crm.ImportRun": SEVERAL,
    "crm.MessageTemplate": HOUSE,
    "crm.Tag": HOUSE,
    "crm.ContractWording": HOUSE,
    "crm.LibraryClause": HOUSE,
    "crm.Program": BRAND,
    "crm.ProgramTier": BRAND,
    "crm.TierPerk": BRAND,
    "campaigns.ApprovalPolicy": BRAND,
    "campaigns.BriefItem": BRAND,
    "campaigns.BriefReference": BRAND,
    "campaigns.BriefTemplate": BRAND,
    "campaigns.BrandLift": BRAND,
    "campaigns.CampaignCost": BRAND,
    "campaigns.Channel": BRAND,
    "campaigns.Confounder": BRAND,
    "campaigns.Event": BRAND,
    "campaigns.HookMessage": OPERATORS,
    "campaigns.Kpi": BRAND,
    "campaigns.Pillar": BRAND,
    "campaigns.ReportLink": "the name a client's link was given",
    "campaigns.ResultFile": SEVERAL,
    "campaigns.StockLocation": "our own shelves",
    "campaigns.StockMovement": "our own shelves",
    "campaigns.WrapUpTick": BRAND,
    "account.EmailAddress": LIBRARY,
    "admin.LogEntry": LIBRARY,
    "sessions.Session": LIBRARY,
    "usersessions.UserSession": LIBRARY,
}
