"""What the YAML parser stumbled over, in the words of somebody who edits the SOP."""

import re

import yaml

Mark = tuple[int, int]  # line and column, both from 1


def explain(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[str, str, str, Mark]:
    """Code, message, help and mark for what the YAML parser stumbled over."""
    at = error.problem_mark
    line = lines[at.line] if at.line < len(lines) else ""
    mark = (at.line + 1, at.column + 1)
    if indent := re.match(r" *\t\s*", line):
        return "SOP103", "this line is indented with a tab", "use spaces", (mark[0], indent[0].index("\t") + 1)
    if "quoted scalar" in (error.context or ""):
        start = (error.context_mark.line + 1, error.context_mark.column + 1)
        return "SOP104", "this quote is never closed", "add the closing quote", start
    if found := re.match(r"(\s*(?:- )?[\w-]+: +)(?!\"|')(.*\S)", line):
        fixed = found[2].replace("\\", "\\\\").replace('"', '\\"')
        help = f'put the text in quotes: {found[1].strip()} "{fixed}"'
        return "SOP105", "this text confuses YAML", help, (mark[0], len(found[1]) + 1)
    help = "compare its indentation and its colon with the lines around it"
    return "SOP106", f"this line is not YAML: {error.problem}", help, mark
