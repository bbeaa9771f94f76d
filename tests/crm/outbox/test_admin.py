"""Messages and their words in the administration."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.outbox.models import Contact, Email, Wording

Ask = Callable[..., Email]
LETTER = {"name": "portal_link", "language": "en", "subject": "$brand, for you", "text": "Hi $greeting,\n\n$page"}


@pytest.fixture
def wording(organisation: object) -> Wording:
    return Wording.objects.create(**LETTER)


def change(client: Client, wording: Wording, **fields: str) -> Any:
    url = reverse("admin:crm_wording_change", args=[wording.pk])
    return client.post(url, {"subject": wording.subject, "text": wording.text, **fields})


class TestWords:
    def test_own_words_begin_with_those_that_ship(self, as_owner: Client) -> None:
        page = as_owner.get(reverse("admin:crm_wording_add"), {"name": "draft_due", "language": "en"})
        initial = page.context["adminform"].form.initial
        assert initial["subject"] == "${brand}: ${format} draft, ${due_short}"
        assert initial["text"].startswith("Hi ${greeting},\n\nCould you send us the draft of ${thing} by ${due_day}?")

    def test_words_are_added_and_used(self, as_owner: Client) -> None:
        assert as_owner.post(reverse("admin:crm_wording_add"), LETTER).status_code == 302
        assert Wording.objects.values_list("name", "language", "version").get() == ("portal_link", "en", 1)

    def test_changing_them_is_a_new_version(self, as_owner: Client, wording: Wording) -> None:
        assert change(as_owner, wording, subject="Other").status_code == 302
        wording.refresh_from_db()
        assert (wording.subject, wording.version) == ("Other", 2)

    @pytest.mark.parametrize(
        ("field", "words", "said"),
        [
            ("text", "Hi $password", "Unknown: $password."),
            ("subject", "$secret", "Unknown: $secret."),
            ("text", "100 $", "A dollar sign stands alone."),
            ("text", "{{ settings.SECRET_KEY }} ${late:page}", "A dollar sign stands alone."),
            ("subject", "One\nBcc: x@x.example", "Write this on one line"),
        ],
    )
    def test_what_a_message_does_not_know_is_refused_and_kept_to_correct(
        self, field: str, words: str, said: str, as_owner: Client, wording: Wording
    ) -> None:
        page = change(as_owner, wording, **{field: words})
        assert page.status_code == 200
        assert said in page.content.decode()
        before = getattr(wording, field)
        wording.refresh_from_db()
        assert (getattr(wording, field), wording.version) == (before, 1)

    def test_the_preview_shows_them_with_made_up_facts_and_runs_nothing(
        self, as_owner: Client, wording: Wording
    ) -> None:
        page = as_owner.get(reverse("admin:crm_wording_preview", args=[wording.pk]))
        assert "Hi Kirana," in page.content.decode()
        assert (page["X-Frame-Options"], page["Content-Security-Policy"].endswith("sandbox")) == ("SAMEORIGIN", True)

    def test_the_preview_is_for_admins(self, as_coordinator: Client, wording: Wording) -> None:
        assert as_coordinator.get(reverse("admin:crm_wording_preview", args=[wording.pk])).status_code in (302, 403)


class TestMessages:
    def test_lists_and_pages_open(self, as_owner: Client, kirana: Contact, ask: Ask, wording: Wording) -> None:
        email = ask(kirana)
        for name, pk in (("email", email.pk), ("contact", kirana.pk), ("wording", wording.pk)):
            assert as_owner.get(reverse(f"admin:crm_{name}_changelist"), {"q": "x"}).status_code == 200
            assert as_owner.get(reverse(f"admin:crm_{name}_change", args=[pk])).status_code == 200

    def test_no_page_shows_a_marker(self, as_owner: Client, kirana: Contact, ask: Ask) -> None:
        page = as_owner.get(reverse("admin:crm_email_change", args=[ask(kirana).pk])).content.decode()
        assert ("•••" in page, "${late" in page) == (True, False)

    def test_an_action_does_what_the_button_does_and_names_who_was_refused(
        self, as_owner: Client, kirana: Contact, ask: Ask
    ) -> None:
        failed, waiting = ask(kirana, "a"), ask(kirana, "b")
        Email.objects.filter(pk=failed.pk).update(state="failed", why="x")
        page = as_owner.post(
            reverse("admin:crm_email_changelist"),
            {"action": "retry_rows", "_selected_action": [failed.pk, waiting.pk]},
            follow=True,
        )
        failed.refresh_from_db()
        assert failed.state == "queued"
        assert "Done for 1 row." in page.content.decode()
        assert "cannot go from Planned to Planned" in page.content.decode()

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_costs_the_same_queries_for_one_and_for_three(
        self, count: int, as_owner: Client, kirana: Contact, ask: Ask, django_assert_num_queries: Any
    ) -> None:
        for key in range(count):
            ask(kirana, str(key))
        with django_assert_num_queries(7):
            as_owner.get(reverse("admin:crm_email_changelist"))


class TestContacts:
    def test_a_corrected_address_works_again(self, as_owner: Client, kirana: Contact, now: Any) -> None:
        kirana.mark_bounced("550", now)
        url = reverse("admin:crm_contact_change", args=[kirana.pk])
        fields = {"kind": "person", "name": kirana.name, "email": "new@contoh.example", "prefers": "email"}
        answer = as_owner.post(url, {**fields, "language": "id", "zone": "Asia/Jakarta"})
        assert answer.status_code == 302
        kirana.refresh_from_db()
        assert (kirana.email, kirana.email_state, kirana.email_state_why) == ("new@contoh.example", "ok", "")
