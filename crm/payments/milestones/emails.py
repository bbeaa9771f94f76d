"""What she is told when work is called off: what is paid, by when, and what she keeps."""

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.topics import Topic

CALLED_OFF = declare(
    EmailKind(
        name="work_called_off",
        label=_("Work is called off: what is paid"),
        names={
            "greeting": _("how the brand addresses her"),
            "title": _("the contract's title"),
            "number": _("its number"),
            "brand": _("the brand"),
            "paid": _("what is paid, as sentences"),
            "keeps": _("what she keeps beside money; may be empty"),
        },
        sample={
            "greeting": {"en": "Kirana", "id": "Kak Kirana"},
            "title": "Lumi · Kirana",
            "number": "2026/00012",
            "brand": "Lumi Skincare",
            "paid": {
                "en": "Of IDR 10,000,000 you get 50 %: IDR 5,000,000, by 8 December 2026.",
                "id": "Dari Rp10.000.000 kamu menerima 50 %: Rp5.000.000, paling lambat 8 Desember 2026.",
            },
            "keeps": "Glow Serum 30 ml",
        },
        late={"page": "page"},
        button=_("Open your page"),
        button_to="page",
        topic=Topic.CONTRACTS,
    )
)
