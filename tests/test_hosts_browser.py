"""The pages that show notebooks: a view wears the theme that its page says it has, whatever the system's is."""

import pytest

pytestmark = pytest.mark.browser

MARKS = {
    "JupyterLab": ("body", "data-jp-theme-light", "true", "false"),
    "VS Code": ("body", "data-vscode-theme-kind", "vscode-light", "vscode-dark"),
    "VS Code, high contrast": ("body", "data-vscode-theme-kind", "vscode-high-contrast-light", "vscode-high-contrast"),
    "marimo": ("body", "data-theme", "light", "dark"),
    "Colab": ("html", "theme", "light", "dark"),
}
SET = "([of, name, said]) => document.querySelector(of).setAttribute(name, said)"
# A page hears of a change of the system's theme before it is drawn the next time.
DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
REMOVE = "([of, name]) => document.querySelector(of).removeAttribute(name)"


@pytest.fixture
def theme_of(open_page):
    """The theme of the view on a page that gets a mark, or loses it, while the system has a theme."""
    page = open_page().page
    roots = page.locator("[role=tabpanel]:visible .pooltutor")

    def theme(system: str, change: str, *mark: str) -> str:
        page.emulate_media(color_scheme=system)
        page.evaluate(change, mark)
        page.evaluate(DRAWN)
        return roots.first.get_attribute("data-theme")

    yield theme
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("host", MARKS)
def test_a_view_wears_the_theme_of_its_page(theme_of, host):
    of, name, light, dark = MARKS[host]
    assert theme_of("dark", SET, of, name, light) == "light"
    assert theme_of("light", SET, of, name, dark) == "dark"
    assert theme_of("light", REMOVE, of, name) == "light"
    assert theme_of("dark", REMOVE, of, name) == "dark"


# What VS Code puts around the output of a cell, with its style sheet, as the style sheets of pages stand before ours.
PUT_IN_VS_CODE = """view => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.cell-output-ipywidget-background { background: white !important; }');
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
  const [output, widget] = [document.createElement('div'), document.createElement('div')];
  output.className = 'cell-output-ipywidget-background';
  view.replaceWith(output);
  output.append(widget);
  widget.append(view);
}"""
GROUND = "output => getComputedStyle(output).backgroundColor"


def test_no_white_stands_behind_a_view_in_vs_code_unless_others_need_it(open_page):
    view = open_page()
    view.root.evaluate(PUT_IN_VS_CODE)
    output = view.page.locator(".cell-output-ipywidget-background")
    assert output.evaluate(GROUND) == "rgba(0, 0, 0, 0)"
    output.evaluate("output => { output.firstChild.className = 'widget-box' }")
    assert output.evaluate(GROUND) == "rgb(255, 255, 255)"
