"""A formula of one's own in JupyterLab: Python has the text as it is typed, PyTorch judges it, locks hold it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.formula_view import FORUM, RIGHT, OwnFormula, wait_for
from tests.view import View

pytestmark = pytest.mark.browser
WRONG = "Differs from PyTorch at 3,342 of 4,096 sizes."
LOCKED = f"pooltutor.explore(5, 3, rule={FORUM!r}, lock=['rule', 'input_size'], show='all', more=True)"


@pytest.fixture(scope="module")
def opened(notebook, lab):
    """A page with an explorer that is free and one that is locked, and a function that runs Python in its kernel."""
    page = notebook("import pooltutor\nview = pooltutor.explore(5, 3)\nview", LOCKED, name="own-formula.ipynb")
    View(page.page).wait("agrees", "5,3,pytorch")
    yield page.page, lab.python("own-formula.ipynb")
    page.clean()


def test_python_has_the_text_and_pytorch_judges_it(opened):
    page, python = opened
    view, cells = View(page), page.locator(".jp-Cell").count()
    view.more()
    view.menu("Rule").select_option("own")
    formula = OwnFormula(view.root)
    formula.type(FORUM)  # keys that JupyterLab must not take
    assert "window 1 is 2:4 here" in wait_for(view, 5, 3, FORUM, "disagrees")
    formula.told(WRONG)
    assert python("view.rule") == repr(FORUM)
    assert python("pooltutor.explore(**view.state()).rule == view.rule") == "True"
    formula.type(FORUM + " +")
    assert formula.said.inner_text().startswith("here a number")
    wait_for(view, 5, 3, FORUM + " ", "disagrees")
    assert python("view.rule") == repr(FORUM + " "), "the last text that could be read"
    formula.type(RIGHT)
    wait_for(view, 5, 3, RIGHT, "agrees")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    assert page.locator(".jp-Cell").count() == cells
    assert formula.area.input_value() == RIGHT


def test_python_puts_another_text_in_its_place(opened):
    page, python = opened
    view = View(page)
    formula = OwnFormula(view.root)
    python(f"view.rule = {FORUM!r}")
    wait_for(view, 5, 3, FORUM, "disagrees")
    assert formula.area.input_value() == FORUM
    formula.told("This is the rule 'the forum's', written differently")
    python("view.rule = 'pytorch'")
    formula.area.wait_for(state="hidden")


def test_a_lock_holds_the_text_and_the_sizes(opened):
    page, _ = opened
    view = View(page, 1)
    formula = OwnFormula(view.root)
    formula.told(WRONG)
    assert formula.area.get_attribute("readonly") is not None
    formula.area.focus()
    page.keyboard.type("no")
    assert formula.area.input_value() == FORUM
    buttons = formula.report.get_by_role("button")
    assert [buttons.nth(k).is_disabled() for k in range(buttons.count())] == [True, True]


def test_axe_finds_nothing_serious(opened):
    page, python = opened
    python(f"view.rule, view.show, view.against = {FORUM!r}, ['windows', 'duel'], {RIGHT!r}")
    wait_for(View(page), 5, 3, FORUM, "disagrees")
    # JupyterLab's body is 0 px high with its overflow hidden, and axe takes all that is in it for hidden.
    page.evaluate("() => { document.body.style.overflow = document.body.parentElement.style.overflow = 'visible' }")
    found = Axe().run(page, context=".pooltutor", options={"resultTypes": ["violations"]}).response
    serious = [
        (violation["id"], [node["html"][:160] for node in violation["nodes"]][:3])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []
