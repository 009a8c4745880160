"""The description of a change, from CI that a fork may control -> the body of a comment that is safe to post.

comment.py body FILE     Print the text in FILE as Markdown. Only headings and lists keep their effect; all other
                         characters are shown as typed: no HTML, link, image, mention or reference to an issue.
comment.py pull FILE     Print the number of the pull request among those in FILE, as the API lists them, whose head
                         is that of the run: HEAD_SHA and HEAD_REPOSITORY in the environment.
comment.py comment FILE  Print the id of this workflow's comment among those in FILE, pages of the API; or nothing.
"""

import html
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MARK = "<!-- sop diff -->"
TITLE = f"{MARK}\n## What this changes\n\n"
LIMIT = 60_000  # bytes; GitHub accepts 65,536 characters
CUT = "\n\nThe text was cut here. The summary of the CI run has the rest.\n"
STRUCTURE = re.compile(r"( *(?:#{3} |- |\d{1,9}\. )?)(.*)", re.DOTALL)
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
LINK = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=\bwww)\.")  # GitHub makes links of https://... and www....
SPECIAL = "\\`*_{}[]<>()#+!|~@&"
JOINER = "\u2060"  # invisible; after @ and #, it prevents a mention of a user or an issue


def shown(line: str) -> Iterator[str]:
    """The pieces of a line in Markdown; the line may be cut between any two."""
    start, text = STRUCTURE.fullmatch(line).groups()  # type: ignore[union-attr] # it matches every line
    yield start
    text = CONTROLS.sub("", html.unescape(text))
    links = {found.start() for found in LINK.finditer(text)}
    for place, character in enumerate(text):
        safe = f"&#{ord(character)};" if character in SPECIAL or place in links else character
        yield safe + JOINER * (character in "@#")


def body(raw: bytes) -> str:
    """The comment, at most LIMIT bytes; it ends with a note if the text was cut."""
    kept, left = [TITLE], LIMIT - len((TITLE + CUT).encode())
    for line in raw.decode(errors="replace").splitlines():
        for piece in (*shown(line), "\n"):
            left -= len(piece.encode())
            if left < 0:
                return "".join([*kept, CUT])
            kept.append(piece)
    return "".join(kept)


def pull(pulls: list[Any]) -> str:
    """The number of the pull request that the run tested; exits if it is not exactly one."""
    sha, repository = os.environ["HEAD_SHA"], os.environ["HEAD_REPOSITORY"]
    heads = {one["number"]: one["head"] for one in pulls}
    found = [
        number
        for number, head in heads.items()
        if head["sha"] == sha and (head["repo"] or {}).get("full_name") == repository
    ]
    if len(found) != 1:
        sys.exit(f"{len(found)} open pull requests have the head {sha} of {repository}; nothing is written")
    return str(found[0])


def comment(pages: list[list[Any]]) -> str:
    """The id of the first comment that this workflow wrote, or nothing."""
    found = [
        str(one["id"])
        for page in pages
        for one in page
        if one["user"]["login"] == "github-actions[bot]" and one["body"].startswith(MARK)
    ]
    return found[0] if found else ""


if __name__ == "__main__":
    action, name = sys.argv[1:]
    file = Path(name)
    if file.is_symlink():
        sys.exit(f"{file} is a link")  # it could lead to a secret of the runner
    raw = file.read_bytes()
    done = body(raw) if action == "body" else {"pull": pull, "comment": comment}[action](json.loads(raw))
    sys.stdout.buffer.write(done.encode())
