"""Which contacts become links: mail addresses, phone numbers and https links, and nothing else."""

import pytest

from macros.model.contacts import Contact, contact, mail_addresses

LINKS = {
    "nykaa-desk@example.com": "mailto:nykaa-desk@example.com",
    "first.last+orders@mail.example.co.in": "mailto:first.last+orders@mail.example.co.in",
    "+91 22 5550 0100": "tel:+912255500100",
    "+912255500100": "tel:+912255500100",
    "022-5550-0100": "tel:02255500100",
    "+91 (22) 5550 0100": "tel:+912255500100",
    "0800 555 010": "tel:0800555010",
    "https://example.com/desk?team=orders": "https://example.com/desk?team=orders",
}
TEXTS = [
    "#orders", "ask at the front desk", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "http://example.com",
    "https:example.com", "https://user@example.com", "//example.com", "https://example.com/a b", "mailto:desk@example.com",
    "tel:+912255500100", "desk@example", "desk@example.com?bcc=all@example.com", "desk@example.com,all@example.com",
    "desk @example.com", "a@b@example.com", "desk@example.com\n", "desk%0a@example.com", '"x"@example.com', "<desk@example.com>",
    "+91 22 5550 0100 or 0101", "+91 22 5550 0100;ext=1", "12345", "1" * 16, "++912255500100", "९१ २२ ५५५० ०१००",
    "10:00 - 18:00", "+", "", "\uff44esk@example.com",
]  # fmt: skip


@pytest.mark.parametrize("text", LINKS)
def test_an_address_number_or_link_becomes_a_link_of_its_kind(text: str) -> None:
    assert contact(text) == Contact(text, LINKS[text])


@pytest.mark.parametrize("text", TEXTS)
def test_other_text_stays_text(text: str) -> None:
    assert contact(text) == Contact(text, "")


def test_only_mail_addresses_receive_a_draft() -> None:
    assert mail_addresses((*LINKS, *TEXTS)) == tuple(LINKS)[:2]


@pytest.mark.parametrize(
    "text", ["1" * 50_000 + "x", "a." * 50_000 + "@", "a@" + "b." * 50_000, "1 " * 50_000]
)
def test_a_long_text_is_read_in_linear_time(text: str) -> None:
    assert contact(text).link == ""
