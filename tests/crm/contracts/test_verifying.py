"""Anybody can find out whether a signed contract is as it was signed; whatever was changed is said in plain words."""

import datetime as dt
import random
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from crm.base.files.pdf import check_pdf
from crm.base.models import StoredFile
from crm.contracts.actions.papers import make_papers
from crm.contracts.models import Contract, Signature
from crm.contracts.paper import chain, comparing, write_paper
from crm.contracts.paper.blocks import blocks_of
from crm.contracts.paper.checking import NO_PROOF, check
from crm.contracts.paper.drawable import drawable
from crm.contracts.paper.keeping import FIRST, LAST, found_in, keep_in
from crm.contracts.paper.pages import draw
from crm.contracts.paper.reading import squeezed, visible
from crm.influencers.models import Influencer
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write, person
from tests.crm.contracts.test_papers import stored
from tests.crm.contracts.test_signing import sign_both

pytestmark = pytest.mark.django_db

LONG = (
    "Para pihak sepakat bahwa **setiap perubahan** dibuat tertulis; satu (1) naskah untuk tiap pihak \\ lain.\n\n" * 40
)


@pytest.fixture
def signed(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> Contract:
    written = write(kirana, said="1 reel 3 story 2,8jt nett", language="id", extra_words=LONG, entity="PT Lumi Cantik")
    return sign_both(written, now, actor)


@pytest.fixture
def paper(signed: Contract, now: dt.datetime) -> bytes:
    make_papers(now)
    return stored(signed)


def verify(data: bytes, tmp_path: Path) -> tuple[int, str]:
    """How the command ends, and everything it says."""
    said, path = StringIO(), tmp_path / "contract.pdf"
    path.write_bytes(data)
    try:
        call_command("verify_contract", str(path), stdout=said)
    except CommandError as error:
        return error.returncode, said.getvalue() + str(error)
    return 0, said.getvalue()


def refused(data: bytes) -> list[str]:
    return [finding.said for finding in check(data)[0] if finding.holds is False]


def forged(paper: bytes, change: Any) -> bytes:
    """The same paper drawn and hashed anew by somebody who changed the facts and knows how it is done."""
    kept = found_in(paper)
    assert kept is not None
    links: list[chain.Link] = []
    for link in kept.facts:
        facts = {**link.facts}
        change(link.kind, facts)
        links = chain.extended(links, link.kind, facts)
    return keep_in(draw(links, at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC), is_final=True), links)


def test_an_untouched_paper_is_unchanged(paper: bytes, tmp_path: Path) -> None:
    code, said = verify(paper, tmp_path)
    assert (code, said.splitlines()[-1]) == (0, "unchanged")
    assert "DIFFERS" not in said and "? " not in said
    check_pdf(paper)


def test_any_changed_byte_is_found(paper: bytes) -> None:
    """Everywhere: in the facts, in the pages, in the fonts, in the table at the end."""
    dice = random.Random(6)
    facts = range(paper.index(FIRST) + len(FIRST), paper.index(LAST))
    places = [*dice.sample(range(len(paper)), 250), *dice.sample(facts, 250)]
    for place in places:
        for flipped in (paper[place] ^ 1, paper[place] ^ 0x80):
            changed = paper[:place] + bytes([flipped]) + paper[place + 1 :]
            assert refused(changed) != [], place


@pytest.mark.parametrize(
    ("kind", "name", "value", "sentence"),
    [
        ("signature", "name", "Somebody Else", "the signature of Somebody Else (name)"),
        ("signature", "at", "2026-11-23 10:00:00 UTC", "the signature of"),
        ("signature", "said", "never", "the signature of"),
        ("document", "title", "Another title", "the words and names (title)"),
        ("document", "words", "Rp28.000.000", "The words are not those that were signed."),
    ],
)
def test_a_paper_forged_with_new_hashes_differs_from_what_is_kept(
    paper: bytes, tmp_path: Path, kind: str, name: str, value: str, sentence: str
) -> None:
    def change(of: str, facts: dict[str, Any]) -> None:
        if of == kind:
            facts[name] = value

    code, said = verify(forged(paper, change), tmp_path)
    assert code == 1
    assert sentence in said
    assert "No file that is kept here is the same" in said


def test_pages_that_say_something_else_than_the_facts_are_found(paper: bytes) -> None:
    kept = found_in(paper)
    assert kept is not None
    other = [
        chain.Link(link.kind, {**link.facts, "name": "Budi"}, link.sha256) if link.kind == "signature" else link
        for link in kept.facts
    ]
    changed = keep_in(draw(other, at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC), is_final=True), kept.facts)
    assert len(refused(changed)) == 2
    assert all(said.startswith("The page of the proof says something else") for said in refused(changed))


def test_words_put_between_the_words_are_found(paper: bytes) -> None:
    kept = found_in(paper)
    assert kept is not None
    document = kept.facts[0]
    more = chain.Link(
        document.kind,
        {**document.facts, "words": document.facts["words"].replace("tertulis", "tertulis tidak", 1)},
        document.sha256,
    )
    changed = keep_in(
        draw([more, *kept.facts[1:]], at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC), is_final=True), kept.facts
    )
    assert refused(changed) == ["The pages do not show the words and names of the proof."]


def test_what_is_kept_differently_is_named(paper: bytes, signed: Contract, tmp_path: Path) -> None:
    Signature.objects.filter(party__role="talent").update(name="Changed Later")
    Contract.objects.filter(pk=signed.pk).update(text="Other words")
    code, said = verify(paper, tmp_path)
    assert code == 1
    assert "Kept here differently: the words and names (words)." in said
    assert "Kept here differently: the signature of Kirana Maheswari (name)." in said


def test_it_needs_no_database(paper: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any) -> Any:
        raise DatabaseError("no such host")

    monkeypatch.setattr(comparing, "_compared", away)
    code, said = verify(paper, tmp_path)
    assert (code, said.splitlines()[-1]) == (0, "unchanged, as far as this machine can tell")
    assert "Not compared with what is kept here: the database does not answer." in said


def test_a_contract_of_another_house_is_checked_by_itself(paper: bytes, signed: Contract, tmp_path: Path) -> None:
    Contract.objects.filter(pk=signed.pk).update(created_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    code, said = verify(paper, tmp_path)
    assert code == 0
    assert f"There is no contract {signed.number} here to compare it with." in said


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"%PDF-1.7\n", b"\x00" * 5000, b"%PDF-1.7\n" + FIRST + LAST, b"%PDF-1.7\n" + FIRST + b"%[]\n" + LAST + b"startxref\n9\n%%EOF\n",
     b"%PDF-1.7\n" + FIRST + b'%[["document",{},"0"]]\n' + LAST + b"startxref\n9\n%%EOF\n",
     b"%PDF-1.7\n" + FIRST + b'%[["document",{"words":1,"paper":[]},"0"],["pages",{},"1"]]\n' + LAST + b"startxref\n9\n%%EOF\n",
     b"%PDF-1.7\n" + FIRST + b"%" + b"[" * 100_000 + b"\n" + LAST + b"startxref\n9\n%%EOF\n"],
    ids=range(9),
)  # fmt: skip
def test_nonsense_gets_a_sentence(data: bytes, tmp_path: Path) -> None:
    code, said = verify(data, tmp_path)
    assert code == 1
    assert "Traceback" not in said and "DIFFERS" in said


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.pdf"):
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("verify_contract", str(path))


def test_a_paper_saved_anew_by_another_program_says_what_to_do(paper: bytes) -> None:
    kept = found_in(paper)
    assert kept is not None
    assert refused(kept.rest) == [str(NO_PROOF)]


def test_names_in_any_script_are_drawn_with_a_mark_for_what_the_type_has_not(
    write: Write, actor: Actor, now: dt.datetime, tmp_path: Path
) -> None:
    names = [
        "Nguyễn Thị Ánh 🌸",
        "王小明 (Wáng)",
        "Łukasz Ñandú Ķøđéß",
        "عمر الفاروق",
        "e\u0301\u202etxt\u200b 👩\u200d🎨",
        "ไทย",
    ]
    people = [person(f"P{number} Somebody") for number, _name in enumerate(names)]
    for one, name in zip(people, names, strict=True):
        one.legal_name = name
        one.save()
    contract = write(
        *people, said="1 reel 2jt", title="Kontrak 🌸 “uji”", extra_words="中文 \\*bintang\\* 🌸\n\n" + "x" * 400
    )
    contract.put("sent", at=now, actor=actor, also={"text": "# 合同\n\n- 🌸 bunga\n- 王", "text_sha256": "0" * 64})
    assert write_paper(contract).startswith(b"%PDF-1.7")
    assert [drawable(name) for name in names] == [
        "Nguyễn Thị Ánh □", "□□□ (Wáng)", "Łukasz Ñandú Ķøđéß", "□□□ □□□□□□□", "étxt □□", "□□□",
    ]  # fmt: skip
    assert "NguyễnThịÁnh□" in visible(write_paper(contract))


def test_the_words_are_read_back_from_the_pages(paper: bytes, signed: Contract) -> None:
    said = "".join(squeezed(block.bullet + block.text) for block in blocks_of(signed.text))
    assert len(said) > 3000
    assert said in visible(paper)
    assert "Draft" not in visible(paper)


def test_their_paper_is_named_by_its_hash(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, tmp_path: Path
) -> None:
    theirs = StoredFile.objects.create(label="Kontrak agensi 🌸.pdf", mime="application/pdf", size=9, sha256="c" * 64)
    sign_both(write(kirana, said="1 reel 2jt", wording=None, paper=theirs), now, actor)
    make_papers(now)
    data = stored(Contract.objects.get())
    assert verify(data, tmp_path)[0] == 0
    assert "c" * 64 in visible(data) and "Kontrakagensi□.pdf" in visible(data)


@pytest.fixture
def certificate(tmp_path: Path, settings: Any, now: dt.datetime) -> Path:
    """A certificate this house made for itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Rumah Kolab")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=365))
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    packed = serialization.pkcs12.serialize_key_and_certificates(
        b"seal", key, made, None, serialization.BestAvailableEncryption(b"rahasia")
    )
    path = tmp_path / "seal.p12"
    path.write_bytes(packed)
    settings.CONTRACT_SEAL_FILE, settings.CONTRACT_SEAL_PASSWORD = str(path), "rahasia"
    return path


def test_a_sealed_paper_is_unchanged_and_the_seal_holds(
    certificate: Path, signed: Contract, now: dt.datetime, tmp_path: Path
) -> None:
    assert make_papers(now) == {"made": 1}
    data = stored(signed)
    code, said = verify(data, tmp_path)
    assert (code, said.splitlines()[-1]) == (0, "unchanged")
    assert "The seal holds. It was made with the certificate of Common Name: Rumah Kolab" in said
    kept = found_in(data)
    assert kept is not None and kept.is_whole and b"/ETSI.CAdES.detached" in kept.behind


def test_a_broken_seal_and_what_is_put_behind_it_are_found(
    certificate: Path, signed: Contract, now: dt.datetime
) -> None:
    make_papers(now)
    data = stored(signed)
    kept = found_in(data)
    assert kept is not None
    dice = random.Random(7)
    for place in dice.sample(range(kept.ends, len(data)), 60):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        assert changed == data or refused(changed) != [] or changed[place : place + 1] in b"ABCDEFabcdef0123456789", (
            place
        )
    assert refused(data + b"\n1 0 obj\n<< >>\nendobj\n") != []
    assert refused(data[: kept.ends] + b"%hello\n") != []


def test_a_seal_that_cannot_be_made_is_told_and_tried_again(
    certificate: Path, signed: Contract, now: dt.datetime, settings: Any
) -> None:
    settings.CONTRACT_SEAL_PASSWORD = "wrong"
    with pytest.raises(ImproperlyConfigured, match="CONTRACT_SEAL_PASSWORD"):
        write_paper(Contract.objects.with_paper().get())
    assert make_papers(now) == {"failed": 1}
    settings.CONTRACT_SEAL_PASSWORD = "rahasia"
    assert make_papers(now) == {"made": 1}


def test_pages_put_behind_the_end_do_not_hide_the_signed_ones(paper: bytes) -> None:
    """A later version of a page, as PDF allows it, is not the signed page."""
    first = paper.index(b"/Contents ")
    number = paper[first + 10 : paper.index(b" 0 R", first)]
    update = b"\n%s 0 obj\n<< /Length 3 >>\nstream\nq Q\nendstream\nendobj\nstartxref\n9\n%%%%EOF\n" % number
    assert "Something behind the end of the paper changes what its pages show." in refused(paper + update)
    assert BytesIO(paper).read(5) == b"%PDF-"
