"""What is written in a picture, measured as it stands in a browser: no text runs into another, and none is cut off."""

import pytest

from pooltutor.legend import LIGHT
from pooltutor.live.joining import joined_code, read
from pooltutor.live.shared import view_words

pytestmark = pytest.mark.browser

SCENES = [f"js/pure/{view}/{part}.js" for view in ("explorer", "grid") for part in ("facts", "scene")]
CODE = joined_code(*SCENES, "js/view/patch.js")

# Draws one picture, without controls and kernel, and returns the pairs of its texts that overlap, and those outside it.
DRAW = """
const sides = (m, side) => Array.from({ length: m }, (_, i) => side(i));
const rules = { windows: (_, n, m) => ({
  start: sides(m, (i) => Math.floor(i * n / m)), stop: sides(m, (i) => Math.ceil((i + 1) * n / m)) }) };

function element(kind, width, theme, presenter) {
  const root = document.createElement('div');
  root.className = `pooltutor ${kind === 'grid' ? 'pt-grid' : ''} ${presenter ? 'pt-big' : ''}`;
  Object.assign(root.style, { width: `${width + 24}px`, maxWidth: 'none' });
  for (const [name, colour] of Object.entries(theme)) root.style.setProperty(`--pt-${name}`, colour);
  root.innerHTML = '<div class="pt-stage"><svg class="pt-picture"></svg></div>';
  document.body.replaceChildren(root);
  return root.querySelector('svg');
}

function collisions(svg, width, height) {
  const corner = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')].map((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const free = (bottom - top) * 0.2; // above and below the letters
    return { said: text.textContent, left: left - corner.left, right: right - corner.left,
      top: top - corner.top + free, bottom: bottom - corner.top - free };
  }).filter(({ left, right }) => right > left);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return [
    ...texts.filter(({ left, right, bottom }) => left < -1 || right > width + 1 || bottom > height + 1)
      .map(({ said }) => `${said} leaves the picture`),
    ...texts.flatMap((a, k) => texts.slice(k + 1).filter((b) => meet(a, b)).map((b) => `${a.said} meets ${b.said}`)),
  ];
}

window.collisionsOf = ({ kind, width, words, theme, state }) => {
  const svg = element(kind, width, theme, state.presenter);
  const [factsAt, drawn] = kind === 'grid' ? [gridFactsOf, gridScene] : [factsOf, sceneOf];
  const look = { width, words, theme, id: 'drawn', active: null, pinned: null,
    roving: { cell: 0, window: 0, output: 0 }, cursor: { input: [0, 0], output: [0, 0] } };
  const { marks, height } = drawn(factsAt(state, rules, [0.5]), look);
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('height', height);
  new Patch(svg).apply(marks);
  return [svg.querySelectorAll('text').length, collisions(svg, width, height)];
};
"""
RULE = {"rule": "pytorch", "kind": "avg", "hidden": False, "locked": False, "undefinedSentence": ""}
FREE = {"n": True, "m": True, "x": True, "upstream": True, "most": 64}
LINE = {"x": "ramp", "upstream": "count", "gradient": True, "influence": False, "duel": False, "against": "pytorch"}
LINE |= {"free": FREE}
GRID = {"kept": [False, False], "image": "ramp", "picture": None, "colour": "values", "channel": None}
TITLES = {"ruleTitle": "PyTorch", "againstTitle": "one kernel"}
SIZES = [(14, 4), (5, 3), (1, 7), (7, 1), (63, 64), (6, 8), (14, 20), (99, 98), (101, 11), (128, 7), (224, 100)]
SIZES += [(480, 13), (500, 20), (1000, 7), (4096, 1000)]
GRIDS = [((6, 8), (4, 3)), ((128, 96), (7, 7)), ((256, 256), (7, 7)), ((256, 192), (11, 13)), ((30, 22), (22, 13))]
GRIDS += [((16, 16), (6, 6)), ((63, 61), (22, 11)), ((3, 4), (5, 6)), ((1, 1), (7, 7)), ((13, 3), (7, 2))]


@pytest.fixture(scope="module")
def collisions_of(context):
    page = context.new_page()
    page.add_style_tag(content=read("css/view.css") + read("css/grid.css"))
    page.add_script_tag(type="module", content=CODE.replace("export class", "class") + DRAW)
    page.wait_for_function("window.collisionsOf !== undefined")  # modules run when they are ready

    def measured(kind, width, state):
        words = view_words()["grid" if kind == "grid" else "picture_words"]
        words = words["picture_words"] if kind == "grid" else words
        asked = {"kind": kind, "width": width, "words": words, "theme": LIGHT, "state": {**RULE, **state}}
        count, collisions = page.evaluate("asked => collisionsOf(asked)", asked)
        assert count > 4
        return collisions

    yield measured
    page.close()


@pytest.mark.parametrize("presenter", [False, True])
@pytest.mark.parametrize("width", [336, 456, 956])
def test_no_text_of_a_line_runs_into_another(collisions_of, width, presenter):
    for n, m in SIZES:
        for window in (0, m // 2):
            state = {**LINE, **TITLES, "n": n, "m": m, "window": window, "presenter": presenter}
            assert collisions_of("explorer", width, state) == [], (n, m, window)


@pytest.mark.parametrize("presenter", [False, True])
@pytest.mark.parametrize("width", [336, 456, 956])
def test_no_text_of_a_grid_runs_into_another(collisions_of, width, presenter):
    for n, m in GRIDS:
        for window in ((0, 0), tuple(side // 2 for side in m)):
            state = {**GRID, "upstream": "ones", "n": n, "m": m, "window": window, "presenter": presenter}
            assert collisions_of("grid", width, state) == [], (n, m, window)
