"""The seal of the house on a paper (PAdES), where the extra `[esign]` and a certificate are there; nothing without."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from crm.contracts.paper.reading import visible

FIELD = "Seal"


def is_wanted() -> bool:
    """Whether this house has a certificate to seal with."""
    return bool(settings.CONTRACT_SEAL_FILE)


def sealed(pdf: bytes) -> bytes:
    """The paper with the house's seal behind its end; untouched where the house has none. Raises ImproperlyConfigured."""
    if not is_wanted():
        return pdf
    signer = _signer()
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import PdfSignatureMetadata, fields, signers
    except ImportError as error:
        raise ImproperlyConfigured(NOT_INSTALLED) from error
    meta = PdfSignatureMetadata(field_name=FIELD, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256")
    out: BytesIO = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=signer)
    return out.getvalue()


def _signer() -> Any:
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ImportError as error:
        raise ImproperlyConfigured(NOT_INSTALLED) from error
    path, password = Path(settings.CONTRACT_SEAL_FILE), settings.CONTRACT_SEAL_PASSWORD.encode()
    reader: Any = SimpleSigner
    signer = reader.load_pkcs12(pfx_file=str(path), passphrase=password) if path.is_file() else None
    if signer is None:
        raise ImproperlyConfigured("CONTRACT_SEAL_FILE cannot be opened: look at the file and CONTRACT_SEAL_PASSWORD.")
    return signer


def look_at_seal(data: bytes, ends: int) -> Iterator[tuple[bool | None, str]]:
    """What stands behind the end of the paper: a seal that holds, and nothing that changes what is seen."""
    if visible(data) != visible(data[:ends]):
        yield False, _("Something behind the end of the paper changes what its pages show.")
    try:
        yield _validated(data)
    except ImportError:
        yield None, _("It carries a seal, or something else behind its end. Install mitra[esign] to look at it.")
    except Exception as error:
        # Whatever a stranger's file makes the reader stumble over, the answer is that no seal can be read.
        yield (
            False,
            _("What stands behind the end of the paper is no seal that can be read (%(error)s).")
            % {"error": type(error).__name__},
        )


def _validated(data: bytes) -> tuple[bool, str]:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    found = PdfFileReader(BytesIO(data)).embedded_signatures
    if len(found) != 1:
        return False, _("There is no seal behind the end of the paper, but something else.")
    (seal,) = found
    who = seal.signer_cert.subject.human_friendly
    told = {"who": who, "print": seal.signer_cert.sha256_fingerprint.replace(" ", "").lower()}
    status = validate_pdf_signature(seal, ValidationContext(trust_roots=[seal.signer_cert], allow_fetching=False))
    if status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True, _("The seal holds. It was made with the certificate of %(who)s (SHA-256 %(print)s).") % told
    return False, _("The seal of %(who)s does not hold: the file was changed after it was sealed.") % told


NOT_INSTALLED = "CONTRACT_SEAL_FILE is set, but pyHanko is not installed: pip install mitra[esign]."
