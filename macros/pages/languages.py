"""Marks the language of text in another script, so that screen readers pronounce it."""

import re

# Only what the script tells: text in Devanagari is taken to be Hindi. Cyrillic, for one, is used by many languages.
LETTER = "[\u0900-\u097f\ua8e0-\ua8ff]"
RUN = re.compile(f"{LETTER}(?:(?:{LETTER}|[\\s\u200c\u200d])*{LETTER})?")
# Text between tags. These elements hold text only, without tags in it.
TEXT = re.compile(r"<(title|option|script|style|textarea)\b.*?</\1>|>[^<]+", re.DOTALL)


def with_languages(html: str) -> str:
    """HTML with each run of Devanagari in its text in `<span lang="hi">`; attributes stay as they are."""
    if not RUN.search(html):
        return html
    return TEXT.sub(
        lambda found: found[0] if found[1] else RUN.sub(r'<span lang="hi">\g<0></span>', found[0]), html
    )
