"""A page of the theme -> the Content-Security-Policy of all pages, which allows only its scripts and this project's."""

import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)  # scripts without a type or source


def policy(theme_page: str, *, endpoint: str = "", from_files: bool = False) -> str:
    """The policy, with the hashes of the inline scripts of a page without text of the SOP.

    ``endpoint`` is the URL for feedback; ``from_files`` is for a copy that is opened without a server.
    """
    own = "'self' file:" if from_files else "'self'"
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in INLINE.findall(theme_page)]
    scripts = " ".join(dict.fromkeys(f"'sha256-{one}'" for one in hashes))
    receiver = f" {urlsplit(endpoint).scheme}://{urlsplit(endpoint).netloc}" if endpoint else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {own} {scripts}",
            f"style-src {own} 'unsafe-inline'",  # the flowchart's lanes are style attributes
            f"img-src {own} data:",
            f"connect-src {own}{receiver}",
            "base-uri 'self'",
            "form-action 'none'",
            "object-src 'none'",
        )
    )
