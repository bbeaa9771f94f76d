"""The message that tells a colleague about an answer."""

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare

REPLY_ARRIVED = declare(
    EmailKind(
        name="reply_arrived",
        label=_("To a colleague: an answer came"),
        names={
            "person": _("the influencer"),
            "heading": _("the subject of the answer"),
            "words": _("what was written"),
            "url": _("where it is read"),
        },
        sample={
            "person": "Kirana Larasati",
            "heading": "Re: Lumi Skincare: Reel draft, Fri 27 Nov",
            "words": {
                "en": "Hi Dinda, the draft is ready, I will upload it tonight.",
                "id": "Halo Kak Dinda, drafnya sudah jadi, nanti malam aku unggah ya.",
            },
            "url": "https://mitra.example/",
        },
        button=_("Open the answer"),
        button_to="url",
        from_a_person=False,
    )
)
