"""How a role is reached: mail address, phone number, https link, or other text."""

import re
from typing import Annotated, NamedTuple

from macros.model.types import OneOrMore, Text, as_tuple

HTTPS = re.compile(r"https://[\w.-]+(:\d+)?(/\S*)?")
MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
PHONE = re.compile(r"\+?[0-9]+([ -]?\([0-9]+\)|[ -][0-9]+)*")
DIGITS = range(6, 16)  # of a phone number

ContactTexts = Annotated[tuple[Text, ...], OneOrMore(as_tuple)]


class Contact(NamedTuple):
    """A contact as it is shown, and the address of its link: `mailto:`, `tel:` or `https:`; empty if it is other text."""

    text: str
    link: str


def contact(text: str) -> Contact:
    """A contact with its link. No character of a link needs escaping in its scheme."""
    if MAIL.fullmatch(text):
        return Contact(text, f"mailto:{text}")
    if HTTPS.fullmatch(text):
        return Contact(text, text)
    digits = re.sub(r"[^+0-9]", "", text)
    if PHONE.fullmatch(text) and len(digits.lstrip("+")) in DIGITS:
        return Contact(text, f"tel:{digits}")
    return Contact(text, "")


def mail_addresses(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The mail addresses among contacts."""
    return tuple(text for text in texts if MAIL.fullmatch(text))
