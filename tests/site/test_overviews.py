"""Home, roles and issue types: who starts, what I do first, and what folds on a phone."""

from itertools import product

import pytest

from conftest import Open
from macros.catalogue.catalogue import Catalogue

PHONE, SCREEN = 375, 740


def test_a_cell_names_the_owner_who_starts_and_the_systems(visit: Open) -> None:
    cell = visit().page.get_by_role("link", name="Flipkart: Order-related issue").inner_text()
    for text in ("Client POC", "Starts", "Warehouse POC", "Omni Support", "Flipkart Seller Panel"):
        assert text in cell


@pytest.mark.parametrize("role", ["", "client-poc", "increff-poc"])
def test_the_whole_matrix_fits_two_screens_of_a_phone(visit: Open, role: str) -> None:
    page = visit(width=PHONE, height=SCREEN).page
    page.select_option("#sop-role", role)
    page.evaluate("scrollTo(0, 0)")
    last = page.locator("a.sop-cell").last.bounding_box()
    assert last
    assert last["y"] + last["height"] <= 2 * SCREEN


def test_my_role_marks_the_cells_in_which_i_act_with_my_steps(visit: Open, catalogue: Catalogue) -> None:
    page = visit().page
    cells = page.locator("a.sop-cell")
    assert "You: step" not in "".join(cells.all_inner_texts())
    page.select_option("#sop-role", "client-poc")
    page.reload()  # the choice is stored
    for id, of in product(catalogue.marketplaces, catalogue.issue_types):
        mine = [str(step.number) for step in catalogue.procedure(id, of).steps if "client-poc" in step.actors]
        cell = page.locator(f"a.sop-cell[href='marketplaces/{id}/#{of}']")
        marks = f"You: step{'s' * (len(mine) > 1)} {', '.join(mine)}" if mine else ""
        assert ("sop-mine" in (cell.get_attribute("class") or "")) == bool(mine)
        assert cell.inner_text().partition("You: ")[2] == marks.partition("You: ")[2]
    assert 0 < page.locator("a.sop-cell.sop-mine").count() < cells.count()
    page.select_option("#sop-role", "")
    assert page.locator("a.sop-cell.sop-mine").count() == 0


def test_home_shows_the_three_roles_with_most_steps(visit: Open) -> None:
    page = visit().page
    chips = page.locator(".sop-chips .sop-role")
    shown = [chip.inner_text() for chip in chips.all() if chip.is_visible()]
    assert shown == ["Increff POC", "Client POC", "Warehouse POC"]
    page.locator("summary", has_text="more roles").click()
    assert all(chip.is_visible() for chip in chips.all())


def test_a_role_reads_its_daily_steps_first(visit: Open) -> None:
    cards = visit("roles/increff-poc/").page.locator("#unfulfillable ~ .sop-tasks").first.locator(".sop-card")
    daily = ["daily" in card.inner_text() for card in cards.all()]
    assert daily == sorted(daily, reverse=True)
    assert any(daily)


def test_the_page_of_my_role_does_not_mark_every_step_as_mine(visit: Open) -> None:
    page = visit("roles/client-poc/").page
    page.select_option("#sop-role", "client-poc")
    assert not page.locator(".sop-card.sop-mine").count()
    page.select_option("#sop-role", "increff-poc")
    assert page.locator(".sop-card.sop-mine").count()


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_the_steps_of_a_marketplace_fold_on_a_phone_only(visit: Open, width: int) -> None:
    page = visit("issue-types/order-related/", width=width).page
    steps, summary = page.locator(".sop-fold ol").first, page.locator(".sop-fold summary").first
    height = steps.bounding_box()
    assert summary.is_visible() == (width == PHONE)
    if width == PHONE:
        assert not steps.is_visible()
        summary.click()
        assert steps.is_visible()
    else:
        assert height
        assert height["height"] > 40
