"""Text in another script is marked with its language; the rest of a page stays as it is."""

import pytest

from macros.pages.languages import with_languages


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>plain & simple</p>", "<p>plain & simple</p>"),
        ("<b>नायका</b>", '<b><span lang="hi">नायका</span></b>'),
        (
            "<p>Report गोदाम में to <a>X</a>, दें.</p>",
            '<p>Report <span lang="hi">गोदाम में</span> to <a>X</a>, <span lang="hi">दें</span>.</p>',
        ),
        ('<a title="नायका">x</a>', '<a title="नायका">x</a>'),
        (
            "<title>नायका</title><option value=a>नायका</option>",
            "<title>नायका</title><option value=a>नायका</option>",
        ),
    ],
)
def test_devanagari_is_marked_as_hindi(html: str, marked: str) -> None:
    assert with_languages(html) == marked
