"""What the YAML parser stumbled over, in the words of somebody who edits the SOP."""

import re
from typing import Any

Mark = tuple[int, int]  # line and column, both from 1
Finding = tuple[str, str, str, Mark]


def explain(error: Any, lines: list[str]) -> Finding:
    """Code, message, help and mark for a `yaml.MarkedYAMLError`."""
    number = error.problem_mark.line
    line = lines[number] if number < len(lines) else ""
    if indent := re.match(r" *\t\s*", line):
        tab = (number + 1, indent[0].index("\t") + 1)
        return "SOP103", "this line is indented with a tab", "use spaces", tab
    if "quoted scalar" in (error.context or ""):
        start = (error.context_mark.line + 1, error.context_mark.column + 1)
        return "SOP104", "this quote is never closed", "add the closing quote", start
    if found := re.match(r"(\s*(?:- )?[\w-]+: +)(?!\"|')(.*\S)", line):
        text = found[2].replace("\\", "\\\\").replace('"', '\\"')
        help = f'put the text in quotes: {found[1].strip()} "{text}"'
        return "SOP105", "this text confuses YAML", help, (number + 1, len(found[1]) + 1)
    help = "compare its indentation and its colon with the lines around it"
    mark = (number + 1, error.problem_mark.column + 1)
    return "SOP106", f"this line is not YAML: {error.problem}", help, mark
