"""The e-mails that bring the signed contract, with its paper enclosed: to whoever signed, and to us."""

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.topics import Topic

NAMES = {"title": _("the contract's title"), "number": _("its number"), "brand": _("the brand")}
SAMPLE = {"title": "Lumi · Kirana", "number": "2026/00012", "brand": "Lumi Skincare"}

SIGNED = declare(
    EmailKind(
        name="contract_signed",
        label=_("Contract signed, with its paper"),
        names={"greeting": _("how the brand addresses her"), **NAMES},
        sample={"greeting": {"en": "Kirana", "id": "Kak Kirana"}, **SAMPLE},
        late={"page": "page"},
        button=_("Open your page"),
        button_to="page",
        topic=Topic.CONTRACTS,
    )
)
SIGNED_HOUSE = declare(
    EmailKind(
        name="contract_signed_house",
        label=_("To a colleague: a contract is signed"),
        names={**NAMES, "people": _("with whom"), "url": _("where it stands")},
        sample={**SAMPLE, "people": "Kirana Maheswari", "url": "https://mitra.example/"},
        button=_("Open the contract"),
        button_to="url",
        from_a_person=False,
        topic=Topic.CONTRACTS,
    )
)
NOTICE = declare(
    EmailKind(
        name="contract_notice",
        label=_("Contract: notice from us"),
        names={
            "greeting": _("how the brand addresses her"),
            **NAMES,
            "said": _("what the notice says, as a sentence"),
            "note": _("what we added; may be empty"),
        },
        sample={
            "greeting": {"en": "Kirana", "id": "Kak Kirana"},
            **SAMPLE,
            "said": {
                "en": "It does not go on after its last day, 31 December 2027. Everything agreed until then stands.",
                "id": "Kontrak ini tidak dilanjutkan setelah hari terakhirnya, 31 Desember 2027. "
                "Semua yang disepakati sampai hari itu tetap berlaku.",
            },
            "note": "",
        },
        late={"page": "page"},
        button=_("Open your page"),
        button_to="page",
        topic=Topic.CONTRACTS,
    )
)
