"""The e-mails that carry what colleagues write: the words alone, or with a button to her page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.topics import Purpose

NAMES: dict[str, Any] = {
    "subject": _("the subject, as it was written"),
    "words": _("the text, as it was written"),
    "marked": _("the text with its marks: bold, lists, links"),
}
SAMPLE: dict[str, Any] = {
    "subject": {"en": "Lumi: the shoot moves to Friday", "id": "Lumi: syuting pindah ke Jumat"},
    "words": {
        "en": "Hi Kirana,\n\nthe shoot for *Glow Up November* moves to **Friday, 27 November**. Does that work for you?",
        "id": "Halo Kak Kirana,\n\nsyuting *Glow Up November* pindah ke **Jumat, 27 November**. Apakah bisa?",
    },
}
SAMPLE["marked"] = SAMPLE["words"]

PLAIN = declare(
    EmailKind(name="message", label=_("Message from a colleague"), names=NAMES, sample=SAMPLE, purpose=Purpose.OFFERS)
)
WITH_PAGE = declare(
    EmailKind(
        name="message_page",
        label=_("Message from a colleague, with her page"),
        names=NAMES,
        sample=SAMPLE,
        purpose=Purpose.OFFERS,
        late={"page": "page"},
        button=_("Open your page"),
        button_to="page",
    )
)
