"""By what a layout is known again: the texts of its header, in the order of the columns."""

import hashlib
from collections.abc import Sequence

import orjson

from anlan.sheets.words import normal


def header_texts(columns: Sequence[tuple[str, ...]]) -> list[str]:
    """The header over each column in one spelling, nested parts joined with "/"; columns without a header at
    the end do not count.
    """
    texts = ["/".join(normal(part) for part in parts) for parts in columns]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def fingerprint(columns: Sequence[tuple[str, ...]]) -> str:
    """A digest of the header texts, "" where there is no header: 32 hexadecimal digits."""
    texts = header_texts(columns)
    return hashlib.sha256(orjson.dumps(texts)).hexdigest()[:32] if texts else ""
