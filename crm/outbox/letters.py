"""The messages of the account and of the influencer's page. Reminders declare theirs in crm/reminders/letters.py."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.models import Email

INVITATION = declare(
    EmailKind(
        name="invitation",
        label=_("Invitation of a colleague"),
        names={"inviter": _("who invites"), "role": _("the role"), "valid_until": _("how long the link works")},
        sample={
            "inviter": "Rani Pramesti",
            "role": _("Coordinator"),
            "valid_until": {"en": "1 December 2026", "id": "1 Desember 2026"},
        },
        late={"page": "invitation"},
        button=_("Accept the invitation"),
        button_to="page",
        from_a_person=False,
    )
)
PASSWORD_RESET = declare(
    EmailKind(
        name="password_reset",
        label=_("New password"),
        names={},
        sample={},
        mail_class=Email.MailClass.CODE,
        late={"page": "password_reset"},
        button=_("Choose a new password"),
        button_to="page",
        from_a_person=False,
    )
)
SIGN_IN_CODE = declare(
    EmailKind(
        name="sign_in_code",
        label=_("Sign-in code"),
        names={},
        sample={},
        mail_class=Email.MailClass.CODE,
        late={"code": "code"},
        from_a_person=False,
    )
)
ACCOUNT_NOTICE = declare(
    EmailKind(
        name="account_notice",
        label=_("Notice about an account"),
        names={"notice": _("what happened, in a few words"), "message": _("what happened, in full")},
        sample={
            "notice": _("Your password was changed"),
            "message": _("Your password was changed on 24 November at 10.00."),
        },
        from_a_person=False,
    )
)
TEST_MAIL = declare(
    EmailKind(name="test_mail", label=_("Test message"), names={}, sample={}, from_a_person=False),
)
PORTAL_LINK = declare(
    EmailKind(
        name="portal_link",
        asked_for=True,
        label=_("Link to the influencer's page"),
        names={
            "greeting": _("how the brand addresses her"),
            "brand": _("the brand"),
            "owner": _("who looks after her"),
        },
        sample={"greeting": {"en": "Kirana", "id": "Kak Kirana"}, "brand": "Lumi Skincare", "owner": "Dinda"},
        late={"page": "page"},
        button=_("Open your page"),
        button_to="page",
    )
)
STAND_IN = declare(
    EmailKind(
        name="stand_in",
        label=_("To a deputy: you stand in"),
        names={
            "colleague": _("who is away"),
            "first_day": _("the first day"),
            "last_day": _("the last day"),
            "url": _("where it is settled"),
        },
        sample={
            "colleague": "Dinda Ayuningrum",
            "first_day": dt.date(2026, 11, 24),
            "last_day": dt.date(2026, 11, 27),
            "url": "https://mitra.example/",
        },
        button=_("Open Today"),
        button_to="url",
        from_a_person=False,
    )
)
HANDED_OVER = declare(
    EmailKind(
        name="handed_over",
        label=_("To a colleague: you take over"),
        names={
            "colleague": _("who had it before"),
            "count": _("how many things"),
            "by": _("who decided it"),
            "url": _("where it is settled"),
        },
        sample={"colleague": "Dinda Ayuningrum", "count": 12, "by": "Rani Pramesti", "url": "https://mitra.example/"},
        button=_("Open Today"),
        button_to="url",
        from_a_person=False,
    )
)
