"""The classroom as `demo` serves it: every tab, links, a clicker, dark, and the kernel's end. And in JupyterLab."""

import os
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import psutil
import pytest

from tests.lab import PATIENCE, ROOT, end, free_port, wait_for_words
from tests.view import View

pytestmark = pytest.mark.browser


class Tab(View):
    """The picture of the open tab."""

    def __init__(self, page) -> None:
        self.page = page
        self.root = page.locator(".pooltutor:has(svg.pt-picture):visible")
        self.status = self.root.get_by_role("status")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The command that serves the classroom, and where."""
    port, log = free_port(), tmp_path_factory.mktemp("classroom") / "log"
    command = [sys.executable, "-m", "pooltutor", "demo", "--no-browser", "--port", str(port)]
    with log.open("w") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
    address = f"http://127.0.0.1:{port}/"
    assert f"The classroom is open at {address}" in wait_for_words(process, log, "(Ctrl+C ends it)")
    yield process, address
    end(process)


@pytest.fixture(scope="module")
def browser_page(chromium, app):
    """One page at the size of a projector; it remembers errors and requests that leave the machine."""
    _, address = app
    context = chromium.new_context(viewport={"width": 1024, "height": 768})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    local = (address, address.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda request: request.url.startswith(local) or page.faults.append(request.url))
    page.goto(f"{address}#tab=duel&n=5&m=3&rule=forum&show=windows,duel", wait_until="commit")
    yield page
    assert page.faults == []
    context.close()


def test_a_link_opens_a_tab_and_its_state(browser_page):
    tab = Tab(browser_page)
    assert "window 1 is 2:4 here, PyTorch's is 1:4" in tab.wait("disagrees", "5,3,forum")
    assert browser_page.get_by_role("tab", name="Rule duel").get_attribute("aria-selected") == "true"
    assert tab.root.locator("[data-rival]").count() > 0


def test_no_code_is_seen(browser_page):
    assert browser_page.locator(".jp-InputArea:visible, .jp-MarkdownCell:visible").count() == 0


def test_windows_are_hidden_until_w_and_a_clicker_steps(browser_page):
    browser_page.get_by_role("tab", name="Explorer").click()
    tab = Tab(browser_page)
    tab.wait("unchecked", "14,4,pytorch")
    assert set(tab.raw()["start"]) == {""}
    browser_page.keyboard.press("w")
    tab.wait("agrees", "14,4,pytorch")
    browser_page.keyboard.press("PageDown")
    browser_page.keyboard.press("PageDown")
    browser_page.keyboard.press("PageUp")
    assert tab.line().startswith("window i = 1 (2nd of 4)")
    browser_page.wait_for_url("**/#tab=explorer&n=14&m=4&show=windows&window=1")


def test_two_dimensions_and_the_atlas_are_there(browser_page):
    browser_page.get_by_role("tab", name="Two dimensions").click()
    tab = Tab(browser_page)
    tab.wait("unchecked", "6x8,4x3,pytorch")
    browser_page.keyboard.press("w")
    tab.wait("agrees", "6x8,4x3,pytorch")
    browser_page.get_by_role("tab", name="Atlas").click()
    Tab(browser_page).wait("unchecked", "14,4,pytorch")
    browser_page.keyboard.press("w")
    Tab(browser_page).wait("agrees", "14,4,pytorch")
    assert browser_page.locator(".pt-map").is_visible()


def test_a_link_to_the_map_of_agreement_gives_the_explorer_beside_it_the_rule(browser_page):
    browser_page.evaluate("() => { location.hash = 'tab=atlas&colour=agreement&rule=forum&n=7&m=5'; }")
    Tab(browser_page).wait("unchecked", "7,5,forum")
    browser_page.keyboard.press("w")
    Tab(browser_page).wait("disagrees", "7,5,forum")


def test_the_demo_goes_on_with_a_clicker_and_pytorch_agrees(browser_page):
    browser_page.evaluate("() => { location.hash = 'tab=story&step=12'; }")
    browser_page.get_by_text("And at 14 → 10: how many of the 14 cells are in two windows?").wait_for()
    tab = Tab(browser_page)
    browser_page.evaluate("() => document.activeElement.blur()")
    browser_page.keyboard.press("PageDown")
    tab.wait("agrees", "14,10,pytorch")
    browser_page.keyboard.press("ArrowRight")
    assert tab.line().startswith("window i = 5 (6th of 10)")
    browser_page.keyboard.press("PageUp")
    tab.root.locator(".pt-answer input").fill("8")
    tab.root.locator(".pt-answer input").press("Enter")
    browser_page.get_by_text("questions answered: 1 of 8").wait_for()
    tab.wait("agrees", "14,10,pytorch")
    browser_page.wait_for_url("**/#tab=story&step=12")
    browser_page.get_by_role("button", name="start again and forget all answers").click()


LETTERS = """() => [...document.querySelectorAll('#rendered_cells *')].filter(e => e.checkVisibility()
  && !e.closest('option') && [...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
  && e.getBoundingClientRect().width > 2 && getComputedStyle(e).clipPath === 'none'
).map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent])"""


@pytest.mark.parametrize("tab", ["Explorer", "Two dimensions", "Atlas", "Rule duel", "Demo"])
def test_everything_is_large_enough_for_the_back_row(browser_page, tab):
    browser_page.get_by_role("tab", name=tab).click()
    Tab(browser_page).root.wait_for()
    letters = browser_page.evaluate(LETTERS)
    assert len(letters) > 20
    assert min(letters)[0] >= 20, min(letters)


def test_a_2d_picture_fits_with_its_verdict(browser_page):
    browser_page.evaluate("() => { location.hash = 'tab=2d&n=8x8&m=7x7&colour=gradient&show=windows'; }")
    tab = Tab(browser_page)
    tab.wait("agrees", "8x8,7x7,pytorch")
    assert tab.root.locator("[data-g-of='0,0']").text_content() == "g 1", "what each output sends back, in large print"
    picture, foot = (tab.root.locator(part).bounding_box() for part in (".pt-stage", ".pt-foot"))
    assert picture["height"] > 350
    assert picture["y"] + picture["height"] <= foot["y"], "the verdict covers none of it"
    assert foot["y"] + foot["height"] <= 768


def test_the_verdict_of_what_is_taller_than_the_screen_stays_in_sight(browser_page):
    show = "windows,gradient,influence,duel,table"
    browser_page.evaluate("show => { location.hash = `tab=explorer&n=48&m=40&show=${show}`; }", show)
    tab = Tab(browser_page)
    tab.wait("agrees", "48,40,pytorch")
    assert tab.root.bounding_box()["height"] > 768
    box = tab.status.bounding_box()
    assert box["y"] + box["height"] <= 768
    browser_page.mouse.move(500, 500)
    browser_page.mouse.wheel(0, 300)
    browser_page.wait_for_function("() => document.getElementById('rendered_cells').scrollTop > 100")
    browser_page.evaluate("() => { location.hash = 'tab=explorer&n=14&m=4&show=windows'; }")
    tab.wait("agrees", "14,4,pytorch")
    assert browser_page.evaluate("() => document.getElementById('rendered_cells').scrollTop") == 0


def test_a_larger_screen_shows_all_of_it_larger(browser_page):
    tab = Tab(browser_page)
    tab.wait("agrees", "14,4,pytorch")
    small = tab.root.locator("svg.pt-picture").bounding_box()["height"]
    browser_page.set_viewport_size({"width": 1920, "height": 1080})
    browser_page.wait_for_function(
        "height => document.querySelector('svg.pt-picture').getBoundingClientRect().height > 1.35 * height", arg=small
    )
    cell = tab.mark("cell", 3).bounding_box()
    browser_page.mouse.move(cell["x"] + cell["width"] / 2, cell["y"] + cell["height"] / 2)
    assert tab.line().startswith("cell 3: x₃ = 3 in windows 0, 1"), "and the pointer is where it seems to be"
    browser_page.mouse.move(5, 5)
    browser_page.set_viewport_size({"width": 1024, "height": 768})


def test_a_link_opens_sizes_beyond_the_sliders_in_an_open_page_and_in_a_new_one(browser_page):
    links = {
        "tab=explorer&n=224&m=100&show=windows": "224,100,pytorch",
        "tab=2d&n=96x200&m=7x5&show=windows": "96x200,7x5,pytorch",
    }
    for link, sizes in links.items():
        browser_page.evaluate("link => { location.hash = link; }", link)
        Tab(browser_page).wait("agrees", sizes)
    browser_page.goto(browser_page.url.split("#")[0] + f"?again#{link}", wait_until="commit")
    Tab(browser_page).wait("agrees", sizes)
    browser_page.evaluate("() => { location.hash = 'tab=explorer&n=14&m=4&show=windows'; }")
    Tab(browser_page).wait("agrees", "14,4,pytorch")


def kernels(process):
    for child in psutil.Process(process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "ipykernel" in " ".join(child.cmdline()):
                yield child


def test_a_page_that_is_left_takes_its_kernel_with_it(browser_page, app):
    process, _ = app
    before = set(kernels(process))
    browser_page.reload(wait_until="commit")
    Tab(browser_page).wait("agrees", "14,4,pytorch")
    gone, _ = psutil.wait_procs(before, 10)
    assert len(gone) == 1, "of two, the page's own and the one that is kept warm for the next, the first ends"


def test_a_link_on_another_page_asks_first_and_keeps_its_state(chromium, app):
    process, address = app
    before = len(set(kernels(process)))
    link = f"{address}#tab=duel&n=5&m=3&rule=forum&show=windows,duel"
    links = f'<img src="{address}"><iframe src="{address}"></iframe><a href="{link}">go</a>'
    with lecture(links) as at:
        page = chromium.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(at)
        page.get_by_role("link", name="go").click()
        page.get_by_text("Another web page tried to open the classroom").wait_for()
        assert len(set(kernels(process))) <= max(before, 1), "there may be the one that waits for the first page"
        page.get_by_role("link", name="Open the classroom").click()
        Tab(page).wait("disagrees", "5,3,forum")
        page.close()


@contextmanager
def lecture(html):
    """The address of a web page, on a server of another name than the classroom's."""

    class Lecture(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Lecture) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/"
        server.shutdown()


def test_dark_follows_the_system(browser_page):
    browser_page.emulate_media(color_scheme="dark")
    browser_page.locator(".pooltutor[data-theme=dark]:visible").first.wait_for()
    ground = browser_page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert max(map(int, ground.removeprefix("rgb(").rstrip(")").split(","))) < 60
    browser_page.emulate_media(color_scheme="light")


def test_the_picture_goes_on_when_the_kernel_is_killed(browser_page, app):
    process, address = app
    tab = Tab(browser_page)
    for kernel in kernels(process):
        kernel.kill()
    assert "the kernel is not connected" in tab.wait("unchecked")
    tab.set_sizes(7, 5)
    tab.wait("unchecked", "7,5,pytorch")
    assert tab.raw()["stop"] == ["2", "3", "5", "6", "7"]
    asked = urllib.request.Request(address, headers={"Accept": "text/html"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        assert answer.status == 200
    # What Jupyter itself says of a dead kernel is no fault of the page.
    browser_page.faults[:] = [fault for fault in browser_page.faults if "pooltutor" in fault]


def test_the_whole_screen_is_one_click_away(browser_page):
    whole = "() => document.fullscreenElement === document.documentElement"
    assert not browser_page.evaluate(whole)
    browser_page.get_by_role("button", name="full screen").click()
    browser_page.wait_for_function(whole)
    browser_page.get_by_role("button", name="full screen").click()
    browser_page.wait_for_function("() => document.fullscreenElement === null")


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_voila_and_its_kernels_end_with_the_command(app, browser_page):
    process, _ = app
    browser_page.close()  # or it would rightly say that it lost its server
    started = psutil.Process(process.pid).children(recursive=True)
    assert started
    process.terminate()
    assert process.wait(30) == 130
    _, alive = psutil.wait_procs(started, 20)
    assert alive == []


def test_it_is_an_ordinary_notebook_in_jupyterlab_too(lab, notebook):
    lab.copy(ROOT / "notebooks" / "classroom.ipynb")
    page = notebook(name="classroom.ipynb")
    tab = Tab(page.page)
    tab.wait("unchecked", "14,4,pytorch")
    address = page.page.url
    tab.slider("Input size").focus()
    page.page.keyboard.press("w")
    tab.wait("agrees", "14,4,pytorch")
    assert page.page.url == address, "the address belongs to JupyterLab"
    page.page.get_by_role("button", name="full screen").click()
    page.page.wait_for_function("() => document.fullscreenElement?.matches('.widget-vbox')")
    page.page.evaluate("() => document.exitFullscreen()")
    page.clean()
