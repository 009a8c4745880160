"""A quick test for lines that may begin with a wrong sign; `lookalikes` then finds which.

In a module of its own, because few files need the patterns of `lookalikes`, which take long to compile.
"""

import re

NAME = r"[a-z](?>[a-z0-9]*(?:-[a-z0-9]+)*)"
EQUALS = r"\s*(?:[=:-]?=+>?|->|[\u2192\u21d2\u27a1])\s*|\s+[\u2010-\u2015-]+\s+|\s*;\s+|\s+:(?=\S)"
# A quick search for lines that begin with a wrong ASCII sign, in a text that begins with a line end.
# No possessive group: Python 3.11.4 and older match them wrongly.
SUSPECT = re.compile(
    rf"\n *+(?:- +)*(?!{NAME}:[ \n])"
    rf"(?:{NAME}(?:{EQUALS})\S|[*+>(=0-9]|-[^ \n]|[A-Za-z]{{1,4}}[.)]|o )".replace(r"\s", " ")
)
