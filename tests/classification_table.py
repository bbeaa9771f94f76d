"""What every stored field holds: who somebody is and how she is reached, money, words and files, or nothing personal.

CONTACT    tells who a person is or how and where to reach her: names, addresses, phones, handles, birth dates
FINANCIAL  prices, fees, budgets
CONTENT    what people wrote, said or sent: texts, quotes, files, and copies of such things
NONE       everything else: keys, relations, dates, statuses, counts, reference data

Exports, erasure and retention read this: a new field must be placed here before it can be stored. To add one, write its
name into the right line of its model.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fields:
    """The fields of one model, each in exactly one class; names parted by blanks."""

    contact: str = ""
    financial: str = ""
    content: str = ""
    none: str = ""


REFERENCE = "id source source_url source_year grade valid_from valid_to edited_at"
STAMPS = "id created_at updated_at"

TABLE: dict[str, Fields] = {
    # ---- base -------------------------------------------------------------------------------------------------------
    "crm.Anchor": Fields(none=f"{STAMPS} work_ref ref kind first_on last_on happened_at zone"),
    "crm.DemoRow": Fields(none="id label row"),
    "crm.Holiday": Fields(none=f"{REFERENCE} country on name_en name_id kind"),
    "crm.Organisation": Fields(
        contact="postal_address mail_redirect_to",
        none="id name country currency zone language brand_walls tier_scheme remind_at quiet_from quiet_until "
        "mail_paused_at mail_paused_why news_to messages_by_anybody waivers_by_two opened_at is_demo "
        "contracts_approved_above contracts_by_chat_up_to contracts_by_code_above strict_start storage_limit_mb drafts_kept_days musts_at_most "
        "tax_month_by commission_paid_from shows_emv",
    ),
    "crm.StoredFile": Fields(contact="uploaded_by", content="file label sha256", none="id mime size created_at"),
    # ---- timeline ---------------------------------------------------------------------------------------------------
    "crm.Entry": Fields(
        contact="actor_label subject_label",
        content="sentence_en sentence_id changes quote file",
        none="id at actor_kind actor influencer brand contact_ref verb subject channel",
    ),
    "crm.Erasing": Fields(none="id reason"),
    # ---- privacy ----------------------------------------------------------------------------------------------------
    "crm.PrivacyRequest": Fields(
        contact="recorded_by",
        content="words proof why outcome file",
        none=f"{STAMPS} influencer kind status asked_at due_at channel answered_at answered_by held_until expires_at fetched_at",
    ),
    "crm.LegalHold": Fields(
        content="why source lifted_why", none=f"{STAMPS} influencer from_on until_on set_by lifted_at"
    ),
    "crm.Forgotten": Fields(contact="digest", none="id kind erased_on"),
    "crm.RetentionRule": Fields(none=f"{REFERENCE} key days is_on asks_first"),
    "crm.RetentionRun": Fields(content="trouble", none="id key on started_at finished_at gone asked"),
    "crm.DataIncident": Fields(
        content="title what data consequences measures authority_ref why_closed",
        none=f"{STAMPS} status happened_at found_at due_at authority_told_at people_told_at closed_at found_by",
    ),
    "crm.IncidentPerson": Fields(content="told_how", none="id incident influencer email told_at"),
    # ---- copies of everything, and how it is going ----------------------------------------------------------------------
    "crm.BackupRun": Fields(
        content="trouble verify_trouble",
        none=f"{STAMPS} kind night_on started_at finished_at place size sha256 counted verified_at gone_at",
    ),
    "crm.ExportRun": Fields(
        content="trouble",
        none=f"{STAMPS} asked_by started_at finished_at rows_done rows_expected place size sha256 expires_at fetched_at lease_until",
    ),
    "crm.Outcome": Fields(content="why heartbeat_trouble", none="id name ok_at failed_at said heartbeat_at"),
    # ---- outbox -----------------------------------------------------------------------------------------------------
    "crm.Contact": Fields(
        contact="name agency email phone whatsapp",
        none=f"{STAMPS} kind prefers language zone email_state email_state_why news_off_at",
    ),
    "crm.Email": Fields(
        contact="from_name reply_to to_address",
        content="context subject text html body_hash",
        none=f"{STAMPS} name key mail_class channel contact language late_fields wording_version message_id thread "
        "references influencer_ref brand_ref sender_ref subject_refs state doubt urgent ignores_quiet_hours send_at attempts "
        "lease_token lease_until data_started_at doubted_at sent_at may_be_twice why",
    ),
    "crm.EmailFile": Fields(none="id email file"),
    "crm.PromotionWord": Fields(none=f"{REFERENCE} language words"),
    "crm.ChatWording": Fields(content="text", none=f"{STAMPS} name language version"),
    "crm.Wording": Fields(content="subject text", none=f"{STAMPS} name language version"),
    # ---- preferences ------------------------------------------------------------------------------------------------
    "crm.Consent": Fields(
        contact="given_by withdrawn_by",
        content="shown evidence file",
        none=f"{STAMPS} contact purpose text language given_at channel withdrawn_at",
    ),
    "crm.ConsentText": Fields(content="words_en words_id", none=f"{REFERENCE} purpose version"),
    "crm.ReminderWish": Fields(none="created_at updated_at contact pace weekday only_binding"),
    # ---- inbox ------------------------------------------------------------------------------------------------------
    "crm.AnswerHold": Fields(none=f"{STAMPS} mail subject brand_ref until_at decided_at"),
    "crm.InboundFile": Fields(content="label file", none="id mail size why"),
    "crm.InboundMail": Fields(
        contact="from_name from_address influencer_label",
        content="subject text whole_text facts source",
        none=f"{STAMPS} key message_id kind state found_by received_at back_on parent contact influencer_ref brand_ref "
        "owner subject_refs why",
    ),
    "crm.Mailbox": Fields(contact="name", none="lease_token lease_until read_at failed_at why"),
    # ---- team -------------------------------------------------------------------------------------------------------
    "crm.User": Fields(
        contact="email name phone",
        none=f"{STAMPS} password last_login is_superuser role language zone theme digest is_active contact groups "
        "user_permissions",
    ),
    "crm.HandOver": Fields(none=f"{STAMPS} giver taker decided_by moved undone_at"),
    "crm.Leave": Fields(content="note", none=f"{STAMPS} user deputy first_on last_on withdrawn_at"),
    "crm.Invitation": Fields(
        contact="email name",
        none=f"{STAMPS} role token_sha256 invited_by brand_refs expires_at accepted_at withdrawn_at accepted_by",
    ),
    # ---- portal, reminders ------------------------------------------------------------------------------------------
    "crm.Link": Fields(
        none=f"{STAMPS} token_sha256 purpose contact influencer_ref brand_ref expires_at revoked_at revoked_why opened_at"
    ),
    "crm.PortalSession": Fields(none="id link key_sha256 started_at expires_at ended_at"),
    "crm.Cap": Fields(none=f"{REFERENCE} scope most"),
    "crm.CalendarFeed": Fields(none="id user token_sha256 reads whose within within_label created_at revoked_at"),
    "crm.Beat": Fields(none="name rang_at said"),
    "crm.Reminder": Fields(
        none=f"{STAMPS} contact rule subject due_key kind email_name recipient due_at send_at waits_until state why "
        "email influencer_ref brand_ref owner_ref"
    ),
    "crm.Rule": Fields(none=f"{REFERENCE} code kind name stop_when mail_class series is_active is_urgent is_binding"),
    "crm.RuleStep": Fields(none="id rule offset unit recipient email_name moves_for_days_off"),
    "crm.Todo": Fields(
        contact="influencer_label",
        content="text quote subject_label",
        none=f"{STAMPS} kind due_at owner author influencer_ref brand_ref subject url key done_at done_by",
    ),
    # ---- brands -----------------------------------------------------------------------------------------------------
    "crm.Brand": Fields(
        content="about values tone does avoids audience",
        none=f"{STAMPS} owner name category language zone form_of_address colour archived_at rivals personas "
        "also_sells counts_stock approves_samples keeps_four_values",
    ),
    "crm.BrandAccess": Fields(none="id user brand"),
    "crm.BrandOwner": Fields(none=f"{STAMPS} name country parent"),
    "crm.BrandOwnership": Fields(none=f"{STAMPS} brand owner start_on end_on"),
    "crm.Category": Fields(none="id parent slug name_en name_id regulated"),
    "crm.Persona": Fields(none=f"{REFERENCE} slug name_en name_id"),
    "crm.Product": Fields(
        financial="value_currency value cost_currency cost bought_for_currency bought_for",
        none=f"{STAMPS} brand name category archived_at url notification_no weight_g may_be_lent halal_no",
    ),
    "crm.ProductVariant": Fields(
        financial="value_currency value cost_currency cost bought_for_currency bought_for",
        none=f"{STAMPS} product name sku swatch weight_g position archived_at",
    ),
    "crm.Territory": Fields(none="id parent kind code name zone"),
    # ---- influencers ------------------------------------------------------------------------------------------------
    "crm.Address": Fields(
        contact="recipient phone country street rt_rw kelurahan kecamatan city province postcode landmark",
        none=f"{STAMPS} influencer label is_current confirmed_at",
    ),
    "crm.Attachment": Fields(content="file name", none=f"{STAMPS} influencer kind added_by"),
    "crm.Audience": Fields(none=f"{STAMPS} influencer account counted_on source personas"),
    "crm.AudienceShare": Fields(none="id audience kind label territory percent"),
    "crm.AlikeRule": Fields(none=f"{REFERENCE} code points at_most"),
    "crm.Authority": Fields(content="evidence file", none=f"{STAMPS} stands power since_on until_on recorded_by"),
    "crm.DayOff": Fields(content="note", none="id influencer start_on end_on"),
    "crm.Format": Fields(none=f"{REFERENCE} platform code name_en name_id lasts_hours position"),
    "crm.GuardianWaiver": Fields(content="why", none=f"{STAMPS} influencer decided_by withdrawn_at"),
    "crm.ImportMapping": Fields(none=f"{STAMPS} fingerprint columns platform"),
    "crm.BulkRow": Fields(contact="label", content="data reason", none="id run place influencer_ref outcome"),
    "crm.BulkRun": Fields(
        content="data query", none=f"{STAMPS} action status total cursor counts why started_by finished_at"
    ),
    "crm.Intake": Fields(
        content="file file_name",
        none=f"{STAMPS} kind is_walled sha256 sheet fingerprint columns choices mapped_at status total cursor counts "
        "why started_by finished_at taken_back_at",
    ),
    "crm.IntakeLine": Fields(
        contact="who",
        financial="what",
        content="cells facts reasons kept_because",
        none="id run line verdict made written_at taken_back_at",
    ),
    # ---- messages ---------------------------------------------------------------------------------------------------
    "crm.MessageTemplate": Fields(
        content="subject_id text_id subject_en text_en",
        none=f"{REFERENCE} code name version is_active mail_class topic with_page",
    ),
    "crm.Message": Fields(
        content="subject_id text_id subject_en text_en asked title audience_label",
        none=f"{STAMPS} mail_class topic with_page key brand_ref audience template template_version day_on leave_on "
        "leave_clock zone is_urgent status total cursor counts why started_by confirmed_at finished_at answers",
    ),
    "crm.MessageFile": Fields(none="id message file"),
    "crm.MessageLine": Fields(
        contact="label",
        none="id message place influencer_ref subject contact is_copy outcome channel why send_at email todo",
    ),
    "crm.ImportRow": Fields(
        content="reasons cells facts changed kept",
        none="id run line verdict influencer_ref chosen_ref written_at outcome taken_back_at",
    ),
    "crm.ImportRun": Fields(
        content="file file_name sha256 why",
        none=f"{STAMPS} sheet columns platform counted_at replaces_known mapped_at status total cursor counts started_by "
        "finished_at undo_began_at taken_back_by outcomes",
    ),
    "crm.Influencer": Fields(
        contact="stage_name legal_name birth_on city main_handle name_key name_alike name_sounds keys_of",
        content="aesthetic palette link_habit engagement_style do_not_contact_why",
        none=f"{STAMPS} language zone stage owner is_public_figure territory country main_niche do_not_contact_at "
        "do_not_contact_until archived_at erased_at merged_into main_platform followers tier_code followers_rank niches "
        "tags",
    ),
    "crm.LookAlike": Fields(contact="reasons", none=f"{STAMPS} lower higher points status"),
    "crm.Merge": Fields(contact="values merged_by", none=f"{STAMPS} stays goes status merged_at parted_at moved"),
    "crm.MajorityAge": Fields(none=f"{REFERENCE} country age"),
    "crm.MetricSnapshot": Fields(
        none="id account taken_at nature posts followers likes comments saves shares views reach engagements "
        "authentic_engagements engagement_rate source import_run withdrawn_at"
    ),
    "crm.Niche": Fields(none=f"{REFERENCE} parent slug name_en name_id"),
    "crm.Note": Fields(content="text facts", none=f"{STAMPS} influencer kind author pinned_at"),
    "crm.Platform": Fields(none=f"{REFERENCE} code name icon profile_url position"),
    "crm.RateCard": Fields(
        financial="price_currency price price_to as_said",
        none=f"{STAMPS} influencer account format package tax followers engagement_rate valid_from valid_to",
    ),
    "crm.ReplyCount": Fields(content="note", none=f"{STAMPS} influencer account counted_on posts percent"),
    "crm.SavedView": Fields(content="name query", none=f"{STAMPS} user page is_shared position"),
    "crm.ReminderPause": Fields(content="why", none=f"{STAMPS} influencer since_at until_on decided_by ended_at"),
    "crm.Representation": Fields(
        none="id influencer contact capacity receives_mail mail_work mail_contracts mail_payments mail_parcels mail_news "
        "since_on until_on"
    ),
    "crm.SocialAccount": Fields(
        contact="handle handle_key", none=f"{STAMPS} influencer platform followers followers_at tier_override"
    ),
    "crm.Tag": Fields(content="name", none=f"{STAMPS} hue"),
    "crm.Tier": Fields(none="id scheme code name low low_included high high_included"),
    "crm.TierScheme": Fields(none=f"{REFERENCE} code name"),
    # ---- vetting ----------------------------------------------------------------------------------------------------
    "crm.Benchmark": Fields(none="id benchmark_set from_followers to_followers low high"),
    "crm.BenchmarkSet": Fields(none=f"{REFERENCE} code name platform measure is_chosen"),
    "crm.Check": Fields(
        content="evidence link file",
        none=f"{STAMPS} influencer item verdict checked_by checked_on expires_on superseded_at",
    ),
    "crm.CheckItem": Fields(
        none=f"{REFERENCE} code name_en name_id question_en question_id is_hard valid_months position"
    ),
    "crm.Clearance": Fields(
        content="seen evidence link file", none=f"{STAMPS} account code cleared_by cleared_on expires_on withdrawn_at"
    ),
    "crm.Fact": Fields(content="label", none=f"{STAMPS} influencer brand kind amount happened_at ref work"),
    "crm.HoldOverride": Fields(content="why", none=f"{STAMPS} failed_check decided_by decided_at"),
    "crm.ProfileSample": Fields(
        none=f"{STAMPS} account taken_on following posts like_counts comments_sampled comments_alike taken_by"
    ),
    "crm.Rating": Fields(
        contact="rater_name",
        content="note",
        none=f"{STAMPS} influencer rater visual storytelling taste consistency rated_at superseded_at",
    ),
    "crm.PriceBand": Fields(none=f"{REFERENCE} set_name platform from_followers to_followers currency low high"),
    "crm.Threshold": Fields(none=f"{REFERENCE} code limit upper least weight currency meaning"),
    # ---- exclusivity ------------------------------------------------------------------------------------------------
    "crm.BreachCase": Fields(
        content="notice why",
        none=f"{STAMPS} finding influencer brand owner status zone cure_days notified_at notified_by cure_due_on remedy "
        "closed_at",
    ),
    "crm.CaseEvidence": Fields(contact="added_by", content="url file sha256 note", none="id case captured_at added_at"),
    "crm.CarveOut": Fields(content="note", none="id clause brand house category act until_on"),
    "crm.Claim": Fields(
        none=f"{STAMPS} influencer side source house brand within_house start_at end_at subjects channels territories acts "
        "active why",
    ),
    "crm.Contract": Fields(
        financial="approved_sum",
        content="title said note extra_words text text_sha256 paper document closed_why stamp_serial stamp_file",
        none=f"{STAMPS} kind brand category owner payee entity start_on end_on zone language offer_until_on renewal "
        "renew_months notice_value notice_span wording status approved_by approved_at sent_at signed_at closed_on notice_on "
        "replaces amends stamp_on decision decided_for_on most_renewals renewed notice_counts rests_since_on shifted_days",
    ),
    "crm.Party": Fields(contact="name", none=f"{STAMPS} contract role influencer contact"),
    "crm.Bid": Fields(
        financial="amount amount_currency", content="said", none="id contract party kind channel at noted_by"
    ),
    "crm.PayLine": Fields(
        financial="amount amount_currency rate_bp", content="note", none="id contract party kind tax"
    ),
    "crm.PromisedPost": Fields(content="note", none=f"{STAMPS} contract party format due_on dropped_at"),
    "crm.UsageRight": Fields(
        financial="extension extension_currency",
        content="note down_note",
        none=f"{STAMPS} contract party kind counted_from days start_on end_on platforms territories extension_days "
        "extended_days down_at",
    ),
    "crm.ContractTemplate": Fields(none=f"{REFERENCE} code name_en name_id kind is_active"),
    "crm.ContractWording": Fields(content="text_id text_en", none="id template version written_by created_at"),
    "crm.LibraryClause": Fields(content="text_en text_id", none=f"{REFERENCE} code title_en title_id is_active"),
    "crm.Signature": Fields(
        contact="name acting_for address browser",
        content="document_sha256 consent_words said proof",
        none="id party how authority code signed_at zone noted_by created_at",
    ),
    "crm.SigningCode": Fields(
        contact="name", content="document_sha256", none="id party session code_hash tries created_at expires_at used_at"
    ),
    "crm.TermChange": Fields(content="label was becomes", none="id amendment what target done_at"),
    "crm.Notice": Fields(
        contact="by",
        content="note document",
        none=f"{STAMPS} contract kind given_by sent_on received_on channel counts_on deadline_on is_late effective_on at",
    ),
    # ---- payments ---------------------------------------------------------------------------------------------------
    "crm.AccountCode": Fields(
        contact="holder",
        financial="bank number",
        none="id session influencer code_hash tries created_at expires_at used_at",
    ),
    "crm.BankAccount": Fields(
        contact="holder entered_by call_note",
        financial="bank bank_code number",
        none=f"{STAMPS} payee status entered_at entered_by_user verified_at verified_by",
    ),
    "crm.BankSheet": Fields(none=f"{STAMPS} currency pay_on made_by made_at"),
    "crm.Benefit": Fields(
        contact="by",
        financial="amount amount_currency retail",
        content="label",
        none="id kind contract influencer brand ref key on at",
    ),
    "crm.CommissionStatement": Fields(
        financial="carried_in earned returned paid_out carried_on",
        none=f"{STAMPS} influencer brand month_on currency orders",
    ),
    "crm.Document": Fields(
        contact="issued_by",
        financial="amount amount_currency",
        content="said voided_why",
        none=f"{STAMPS} series year number name payment influencer brand issued_on voided_at",
    ),
    "crm.DocumentSeries": Fields(none=f"{STAMPS} kind brand pattern"),
    "crm.ExchangeRate": Fields(none=f"{REFERENCE} base quote rate on"),
    "crm.Invoice": Fields(
        contact="received_by",
        financial="amount amount_currency vat",
        content="number faktur file refused_why",
        none=f"{STAMPS} payee influencer brand lines issued_on status received_at",
    ),
    "crm.InvoiceLine": Fields(none="id invoice line"),
    "crm.KillFee": Fields(none=f"{REFERENCE} stage share_bp"),
    "crm.Milestone": Fields(
        none=f"{STAMPS} contract party number share_bp trigger post days period on met_on due_on dropped_at"
    ),
    "crm.PaidThrough": Fields(none=f"{STAMPS} influencer payee since_on until_on"),
    "crm.PayTerms": Fields(none=f"{STAMPS} contract net_days needs_invoice in_kind_tax"),
    "crm.Payee": Fields(
        contact="name address",
        financial="tax_number",
        none=f"{STAMPS} kind country contact tax_id_status tax_checked_at is_vat_registered archived_at",
    ),
    "crm.Payment": Fields(
        financial="gross in_kind grossed_up tax_base tax vat net",
        content="steps proof bank_ref slip failed_why",
        none=f"{STAMPS} payee influencer brand account sheet status currency article tax_month_on pay_on released_at "
        "released_by paid_on",
    ),
    "crm.PaymentPart": Fields(financial="amount", none="id payment line sequence"),
    "crm.SeriesYear": Fields(none="id series year last"),
    "crm.StampMark": Fields(content="serial file", none=f"{STAMPS} document on"),
    "crm.StampRule": Fields(none=f"{REFERENCE} paper above duty currency"),
    "crm.TaxBand": Fields(none="id rule above up_to rate_bp"),
    "crm.TaxCertificate": Fields(content="number file", none=f"{STAMPS} payee kind rate_bp valid_from valid_to"),
    "crm.TaxRule": Fields(
        none=f"{REFERENCE} article base_bp rate_bp surcharge_bp base_top base_bottom by_month rounding"
    ),
    "crm.YearlyThreshold": Fields(none=f"{REFERENCE} country amount currency meaning"),
    "crm.LedgerLine": Fields(
        contact="by",
        financial="amount amount_currency",
        content="label note",
        none="id step kind of contract influencer brand is_net due_on ref key on at",
    ),
    # ---- ambassadors ------------------------------------------------------------------------------------------------
    "crm.AmbassadorDeal": Fields(
        none=f"{STAMPS} contract influencer program label tier anchor_on unit every alignment eom_sticky year_begins "
        "billing proration pay_days review_every review_lead_days plans_posts continues checked_on",
    ),
    "crm.CommissionRule": Fields(
        financial="rate_bp",
        none=f"{STAMPS} deal tier basis includes_tax includes_shipping hold_days attribution post_term_days from_on",
    ),
    "crm.DealChange": Fields(financial="changes", none=f"{STAMPS} deal amendment from_on done_at"),
    "crm.DealPause": Fields(content="why", none=f"{STAMPS} deal first_on last_on effect exclusivity_rests"),
    "crm.DealPeriod": Fields(
        contact="closed_by",
        none=f"{STAMPS} deal number first_on last_on is_stub active_days nominal_days state opened_at closed_at",
    ),
    "crm.DealReview": Fields(
        content="note scores", none=f"{STAMPS} deal kind for_on due_on decision decided_by decided_at"
    ),
    "crm.MakeGood": Fields(none=f"{STAMPS} period line quantity done waived due_on"),
    "crm.PeriodQuota": Fields(none="id period line granted carried delivered waived settled left"),
    "crm.PerkGrant": Fields(
        financial="value value_currency used",
        content="label note",
        none=f"{STAMPS} deal period perk kind granted_on used_on",
    ),
    "crm.Program": Fields(content="about", none=f"{STAMPS} name brand category owner has_tiers archived_at"),
    "crm.ProgramTier": Fields(
        financial="from_sales from_sales_currency", none=f"{STAMPS} program rank name from_posts min_quota"
    ),
    "crm.Prospect": Fields(content="why", none=f"{STAMPS} influencer brand program status noted_by"),
    "crm.QuotaEntry": Fields(
        contact="by", content="label note", none="id period line about kind quantity exact key ref on at"
    ),
    "crm.QuotaLine": Fields(
        financial="extra_price extra_price_currency",
        content="note",
        none=f"{STAMPS} deal format rounding rollover carry_cap carry_lasts over counts_on make_good_days",
    ),
    "crm.QuotaQuantity": Fields(none="id line quantity from_on amendment"),
    "crm.RetainerCharge": Fields(
        contact="decided_by",
        financial="amount amount_currency parts",
        content="why",
        none=f"{STAMPS} period kind number state decided_at",
    ),
    "crm.RetainerRate": Fields(financial="amount amount_currency", none="id deal from_on amendment"),
    "crm.Sale": Fields(
        financial="gross gross_currency discount tax shipping rate_bp commission commission_currency",
        none=f"{STAMPS} brand number deal via code ordered_on matures_on returned_on state",
    ),
    "crm.TailItem": Fields(contact="done_by", content="note", none=f"{STAMPS} deal kind due_on done_at"),
    "crm.Termination": Fields(
        contact="settled_by",
        financial="settlement",
        content="why",
        none=f"{STAMPS} deal kind by notice effective_on settled_at",
    ),
    "crm.TierMove": Fields(contact="by", content="why", none="id deal tier former from_on at"),
    "crm.TierPerk": Fields(financial="value value_currency", content="label", none="id tier kind every"),
    # ---- exclusivity ------------------------------------------------------------------------------------------------
    "crm.Clause": Fields(
        content="note",
        none=f"{STAMPS} influencer brand work_ref work_label kind categories with_children excluded_categories "
        "named_brands named_owners platforms formats territories act_numbers anchor unit count_mode start_offset "
        "end_offset fixed_start_on fixed_end_on zone own_house_counts counts_presence buffer_days suspend_during_pause "
        "survival tail_days blocks cure_days standing version supersedes effective_from takes_over_at "
        "holds_until ended_on",
    ),
    "crm.ClauseRest": Fields(none="id clause first_on last_on"),
    "crm.ClauseStretch": Fields(
        none="id clause anchor_ref start_at end_at core_start_at core_end_at has_core is_provisional"
    ),
    "crm.Finding": Fields(
        content="why wished_why",
        none=f"{STAMPS} clause influencer brand engagement_ref engagement_label fingerprint direction severity "
        "overlap_start_at overlap_end_at overlap_days reasons status decided_by decided_at wished_by",
    ),
    "crm.OutsideDeal": Fields(
        contact="said_by",
        content="as_said note file url",
        none=f"{STAMPS} influencer brand brand_name category start_on end_on zone is_exclusive source channel "
        "confirmed_at confirmed_by author import_run",
    ),
    # ---- campaigns --------------------------------------------------------------------------------------------------
    "campaigns.Ballot": Fields(none=f"{STAMPS} round contact opened_at revoked_at"),
    "campaigns.BallotLink": Fields(none=f"{STAMPS} ballot token_sha256"),
    "campaigns.Brief": Fields(none=f"{STAMPS} campaign"),
    "campaigns.BriefAck": Fields(
        contact="ip_hash", none="id version collaboration revision accepted_at contact channel sha256"
    ),
    "campaigns.BriefItem": Fields(content="text", none="id version level check_rule position"),
    "campaigns.BriefReference": Fields(content="file url note", none="id version"),
    "campaigns.BriefSending": Fields(none="id version collaboration revision sent_at by_hand"),
    "campaigns.BriefTemplate": Fields(content="content", none=f"{STAMPS} name brand category language retired_at"),
    "campaigns.BriefVariant": Fields(
        content="overrides", none=f"{STAMPS} brief collaboration revision asks_again_from released_at"
    ),
    "campaigns.BriefVersion": Fields(
        content="colour_tone pose caption hashtags upload_time mentions brand_story product_story public_benefit key_messages "
        "claims forbidden disclosure link rights_note change_note",
        none=f"{STAMPS} brief number language embargo_at use_days change released_at released_by",
    ),
    "campaigns.Campaign": Fields(
        financial="budget_currency budget markup",
        content="about why offers_open_because",
        none=f"{STAMPS} brand parent name goal second_goal mode risk start_on end_on zone owner status live_at resumed_at category "
        "territories products formats niches personas age_from age_to gender code_pattern opens_alone offers_open_at copied_from "
        "program",
    ),
    "campaigns.CaptionLimit": Fields(none=f"{REFERENCE} platform format longest fold hashtags mentions counting"),
    "campaigns.Channel": Fields(content="note", none=f"{STAMPS} campaign kind start_on end_on"),
    "campaigns.CheckResult": Fields(
        content="quoted said_en said_id waive_reason",
        none=f"{STAMPS} version platform rule key outcome holds start end source source_url waived_by waived_at",
    ),
    "campaigns.CheckRule": Fields(
        none=f"{REFERENCE} code country name_en name_id outcome holds is_on settings position"
    ),
    "campaigns.Collaboration": Fields(
        financial="fee_currency fee fee_said client_price_currency client_price",
        content="note off_why over_budget_because",
        none=f"{STAMPS} campaign influencer party pillar status promised_at paused_at resumed_at reminders_off_at "
        "reminders_on_at",
    ),
    "campaigns.Deliverable": Fields(
        content="title draft_url changes_note post_url proof",
        none=f"{STAMPS} collaboration format account promised draft_due_on post_due_on zone dates_set_at day_set_at status drafts "
        "submitted_at approved_at published_at",
    ),
    "campaigns.Deviation": Fields(
        content="details note",
        none=f"{STAMPS} post kind found_at asked_at mend_on closed_at closed_by outcome",
    ),
    "campaigns.DisclosureLabel": Fields(none=f"{REFERENCE} country text weight languages"),
    "campaigns.ContentVersion": Fields(
        contact="submitted_by",
        content="caption alt_text link words sha256",
        none="id deliverable stage number planned_at label_on brief_version brief_revision submitted_at by_user contact channel",
    ),
    "campaigns.ContentAsset": Fields(
        content="file label sha256 alt_text", none="id version position mime size width height"
    ),
    "campaigns.ContentCaption": Fields(content="caption", none="id version platform"),
    "campaigns.UnsentDraft": Fields(
        contact="saved_by",
        content="caption alt_text link words captions",
        none=f"{STAMPS} deliverable stage planned_at label_on",
    ),
    "campaigns.Upload": Fields(
        content="label file refused alt_text", none=f"{STAMPS} unsent key size received part position"
    ),
    "campaigns.FitWeight": Fields(none=f"{REFERENCE} campaign part weight"),
    "campaigns.GoalKpi": Fields(none=f"{REFERENCE} goal kind is_extra position"),
    "campaigns.GoalTier": Fields(none=f"{REFERENCE} goal mode tiers formats why_en why_id"),
    "campaigns.Note": Fields(
        contact="author_label",
        content="body quoted",
        none=f"{STAMPS} version asset kind level x y w h start_ms end_ms start end brief_item rule author guest channel is_for_us "
        "sent_at solved_in",
    ),
    "campaigns.LiveCheck": Fields(content="note", none=f"{STAMPS} post due_on done_at done_by is_live"),
    "campaigns.LivePost": Fields(
        content="url live_caption proofs",
        none=f"{STAMPS} deliverable platform version status published_at seen_at seen_by label_seen frames frames_labelled "
        "spoken_at shown_from shown_for live_until removed_at",
    ),
    "campaigns.QuotaPost": Fields(none=f"{STAMPS} deliverable line period make_good slot planned_on"),
    "campaigns.ReplyPromise": Fields(
        content="note", none=f"{STAMPS} deliverable hours replies kept checked_at checked_by"
    ),
    "campaigns.Offer": Fields(
        financial="fee_currency fee her_fee_currency her_fee",
        content="in_kind words her_words",
        none=f"{STAMPS} collaboration answer_by_on status sent_at sent_by answered_at",
    ),
    "campaigns.Kpi": Fields(content="note", none=f"{STAMPS} campaign kind target baseline closing position"),
    "campaigns.KpiKind": Fields(none=f"{REFERENCE} code name_en name_id unit less_is_better position"),
    "campaigns.KpiShare": Fields(none="id kpi collaboration target"),
    "campaigns.LexiconEntry": Fields(
        none=f"{REFERENCE} lexicon regulated category brand country language term variants exceptions instead outcome "
        "proof_waives"
    ),
    "campaigns.LinkClick": Fields(contact="visitor", none="id link at is_scanner came_from"),
    "campaigns.PartnerScore": Fields(
        content="words", none=f"{STAMPS} collaboration asked_at score is_complaint answered_at"
    ),
    "campaigns.Pillar": Fields(content="note", none=f"{STAMPS} campaign name position"),
    "campaigns.Scanner": Fields(none=f"{REFERENCE} words name"),
    "campaigns.TrackedLink": Fields(none=f"{STAMPS} deliverable slug target closed_at"),
    "campaigns.Courier": Fields(
        none=f"{REFERENCE} code name country gives_waybill waybill_pattern tracking_url transit_days lost_after_days position"
    ),
    "campaigns.DeliverableHold": Fields(
        none=f"{STAMPS} deliverable source expected_on days_after since_at arrived_on lifted_at settled_at outcome moved_days "
        "draft_moved_days is_our_fault"
    ),
    "campaigns.Event": Fields(
        financial="value_currency value",
        content="about address",
        none=f"{STAMPS} brand campaign kind name starts_at ends_at zone place seats seats_each answer_by_on owner status",
    ),
    "campaigns.Guest": Fields(
        contact="companion",
        content="note",
        none=f"{STAMPS} event influencer collaboration pay_line seats status invited_at answered_at came_at",
    ),
    "campaigns.ReturnItem": Fields(content="note", none="id back contents quantity inspection"),
    "campaigns.ReturnRequest": Fields(
        financial="charge_currency charge",
        content="note",
        none=f"{STAMPS} shipment reason due_on status courier waybill sent_back_at back_at checked_at charge_proposed_at "
        "charge_decided_at charged decided_by",
    ),
    "campaigns.ApprovalPolicy": Fields(
        financial="extra_round_fee extra_round_fee_currency",
        none=f"{STAMPS} brand campaign max_rounds first_pass_hours sla_hours calendar creator_turnaround_days auto_approve "
        "concept_first concept_days musts_cite live_days",
    ),
    "campaigns.ReviewStage": Fields(none=f"{STAMPS} policy position role quorum people guests decider"),
    "campaigns.Review": Fields(
        none=f"{STAMPS} version status round opened_at first_due_at due_at first_seen_at decided_at by_itself warned_half_at "
        "warned_last_at late_hours holds warns checked_at"
    ),
    "campaigns.ReviewStep": Fields(
        none="id review stage position role quorum people guests decider state opened_at passed_at"
    ),
    "campaigns.ReviewDecision": Fields(
        contact="by_label noted_for",
        content="sha256 comment",
        none="id version step role verdict settles by_user by_contact channel at",
    ),
    "campaigns.ExtraRound": Fields(
        financial="fee fee_currency", content="reason", none=f"{STAMPS} collaboration version round by"
    ),
    "campaigns.ReviewGuest": Fields(none=f"{STAMPS} campaign contact opened_at seen_at revoked_at"),
    "campaigns.ReviewLink": Fields(none=f"{STAMPS} guest token_sha256"),
    "campaigns.SampleItem": Fields(
        financial="value_currency value cost_currency cost bought_for_currency bought_for",
        none="id request product variant quantity she_chooses chosen_at",
    ),
    "campaigns.SampleRequest": Fields(
        contact="address",
        financial="bought_for_currency bought_for",
        content="note why_not receipt paid_back_note post_url",
        none=f"{STAMPS} influencer brand collaboration purpose given_as purpose_since_on pay_line way needed_by_on "
        "return_due_on status owner approved_by approved_at asked_at had_at paid_back_at outcome outcome_at",
    ),
    "campaigns.SampleTerm": Fields(none=f"{REFERENCE} code number"),
    "campaigns.Shipment": Fields(
        contact="address_snapshot",
        financial="cost_currency cost insured_value_currency insured_value",
        content="note",
        none=f"{STAMPS} request replaces status location courier service waybill transit_days packed_at shipped_at heard_at "
        "asked_at delivered_at confirmed_at traced_at written_off_at",
    ),
    "campaigns.ShipmentEvent": Fields(content="raw_status place", none="id shipment at status source by noted_at"),
    "campaigns.ShipmentItem": Fields(none="id shipment item batch quantity arrived"),
    "campaigns.StatusWord": Fields(none=f"{REFERENCE} courier words status position"),
    "campaigns.StockBatch": Fields(none=f"{STAMPS} location product variant batch_no expires_on on_hand reserved"),
    "campaigns.StockLocation": Fields(contact="sender phone address", none=f"{STAMPS} name brand archived_at"),
    "campaigns.StockMovement": Fields(content="note", none="id batch kind quantity ref at by"),
    "campaigns.UseRecord": Fields(
        content="words evidence", none=f"{STAMPS} collaboration asked_at uses_it since_on answered_at"
    ),
    "campaigns.Vote": Fields(content="note", none=f"{STAMPS} ballot collaboration verdict said_at channel noted_by"),
    "campaigns.VoteRound": Fields(
        content="words", none=f"{STAMPS} campaign title shows_price shows_numbers close_on closed_at started_by people"
    ),
    "campaigns.VoucherCode": Fields(
        none=f"{STAMPS} campaign collaboration code offer valid_from_on valid_to_on retired_at retired_because"
    ),
    "campaigns.WrapUpItem": Fields(none=f"{REFERENCE} code name_en name_id position"),
    "campaigns.WrapUpTick": Fields(content="left_out_because", none="id campaign item done_at done_by"),
    # ---- results ----------------------------------------------------------------------------------------------------
    "campaigns.BrandLift": Fields(
        content="question source", none=f"{STAMPS} campaign exposed exposed_yes control control_yes on"
    ),
    "campaigns.CampaignCost": Fields(
        financial="amount amount_currency", content="note", none=f"{STAMPS} campaign kind on by"
    ),
    "campaigns.ChangeThreshold": Fields(none=f"{REFERENCE} kind percent"),
    "campaigns.Confounder": Fields(content="note", none=f"{STAMPS} campaign kind first_on last_on"),
    "campaigns.EmvRate": Fields(none=f"{REFERENCE} platform metric value currency"),
    "campaigns.FetchTry": Fields(
        content="error", none=f"{STAMPS} live_post provider mark tries asked_at next_at done_at"
    ),
    "campaigns.HookMessage": Fields(content="why", none="id hook number at outcome"),
    "campaigns.Order": Fields(
        financial="amount amount_currency discount tax shipping cost",
        none=f"{STAMPS} brand number ordered_at ordered_on via code_said link_said code link collaboration deliverable "
        "is_new_customer result_file undone_at",
    ),
    "campaigns.OrderHook": Fields(none=f"{STAMPS} brand name slug secret made_by seen_at closed_at"),
    "campaigns.OrderReturn": Fields(financial="amount", none="id order number key on at"),
    "campaigns.PostSnapshot": Fields(
        contact="by",
        content="evidence withdrawn_why",
        none=f"{STAMPS} live_post taken_at hours followers likes comments saves shares views reach impressions clicks "
        "positive neutral negative source result_file withdrawn_at",
    ),
    "campaigns.ReportLink": Fields(
        contact="label",
        none=f"{STAMPS} campaign token_sha256 language shows_money expires_at made_by opened_at seen_at revoked_at",
    ),
    "campaigns.ReportSettings": Fields(none=f"{STAMPS} campaign mark cost shows_emv target_match benchmarks"),
    "campaigns.ResultFile": Fields(
        content="file", none=f"{STAMPS} campaign kind columns rows taken by brought_at undone_at"
    ),
    "campaigns.Screenshot": Fields(
        contact="by", content="file", none=f"{STAMPS} live_post taken_at snapshot left_out_at"
    ),
    # ---- what the libraries keep ------------------------------------------------------------------------------------
    "account.EmailAddress": Fields(contact="email", none="id user verified primary"),
    "account.EmailConfirmation": Fields(none="id email_address created sent key"),
    "admin.LogEntry": Fields(
        contact="object_repr", content="change_message", none="id action_time user content_type object_id action_flag"
    ),
    "auth.Group": Fields(none="id name permissions"),
    "auth.Permission": Fields(none="id name content_type codename"),
    "contenttypes.ContentType": Fields(none="id app_label model"),
    "mfa.Authenticator": Fields(none="id user type data created_at last_used_at"),
    "sessions.Session": Fields(content="session_data", none="session_key expire_date"),
    "usersessions.UserSession": Fields(
        contact="ip user_agent", none="id user created_at last_seen_at session_key data"
    ),
}
