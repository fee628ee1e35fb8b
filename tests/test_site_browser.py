"""The web site as people read it: from disk without a network, from a server, without scripts, on a phone."""

import re
import zlib

import numpy as np
import pytest

from pooltutor.site.assets import POLICY
from pooltutor.words import load
from tests.built_site import axe_findings, links, pages, saved_views, unfold, wake, watched
from tests.view import View, assert_same_as_pytorch

pytestmark = pytest.mark.browser
WORDS = load()["site"]
LOADED = ("_static/views.js", "_static/data.js", "_static/head.js", "_static/theme.js", "_static/site.css")


def html_of(path):
    return path.read_text(encoding="utf-8")


# The files ---------------------------------------------------------------------------------------------------


def test_no_page_has_a_script_or_a_style_in_its_text_and_each_says_what_it_may_load(site):
    for page in pages(site):
        html = html_of(page)
        assert f'http-equiv="Content-Security-Policy" content="{POLICY}"' in html, page.name
        assert re.findall(r"<script(?![^>]*\bsrc=)", html) == [], page.name
        assert re.findall(r"<style\b|\sstyle=|\son\w+=\"", html) == [], page.name


def test_all_links_inside_the_site_lead_somewhere_and_nothing_is_loaded_from_elsewhere(site):
    for page in pages(site):
        html = html_of(page)
        assert re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//', html) == []
        for link in links(html):
            if re.match(r"https?:|mailto:|data:", link):
                continue
            file, _, anchor = link.partition("#")
            target = page if not file else (page.parent / file).resolve()
            assert target.exists(), (page.name, link)
            if anchor and target.suffix == ".html":
                assert f'id="{anchor}"' in html_of(target), (page.name, link)


def test_each_page_has_a_twin_in_markdown_and_llms_txt_names_them(site):
    told = (site / "llms.txt").read_text(encoding="utf-8")
    for page in pages(site):
        if page.parent.name in ("lessons", "docs"):
            assert page.with_suffix(".md").stat().st_size > 1000
            assert f"{page.parent.name}/{page.stem}.md" in told


def test_the_code_that_a_page_loads_is_small(site):
    sizes = {name: len(zlib.compress((site / name).read_bytes(), 9)) for name in LOADED}
    assert sum(sizes.values()) <= 250_000, sizes


# From disk, without a network ----------------------------------------------------------------------------------


def test_every_view_of_every_page_lives_and_is_judged_and_axe_finds_nothing(site, reader):
    """One walk through all pages, each looked at light and dark."""
    alive, looks = {}, {"light": set(), "dark": set()}
    for page in pages(site):
        reader.goto(page.as_uri())
        unfold(reader)
        assert axe_findings(reader, looks) == [], page.name  # before views live, which have a test of their own
        alive[page.stem] = wake(reader)
    assert min(map(len, looks.values())) > 20, looks
    views = saved_views()
    assert sum(views.values()) > 20, "save the lessons anew: python3 run.py lessons"
    assert {key: alive[key] for key in views} == views


def test_twenty_sizes_are_those_of_pytorch(site, reader):
    reader.goto((site / "index.html").as_uri())
    view = View(reader)
    view.wait("recorded", "14,4,pytorch")
    for n, m in np.random.default_rng(5).integers(1, 65, (20, 2)).tolist():
        view.set_sizes(n, m)
        view.wait("recorded", f"{n},{m},pytorch")
        assert_same_as_pytorch(view, n, m)


def test_a_size_in_the_text_sets_the_view_that_it_is_about(site, reader):
    reader.goto((site / "lessons" / "01-windows.html").as_uri())
    first, asked = View(reader, 0), reader.locator("#view-2")
    first.wait("recorded", "14,4,pytorch")
    reader.locator("a.site-size", has_text="6 → 8").click()
    first.wait("recorded", "6,8,pytorch")
    reader.locator("a.site-size", has_text="5 → 3").first.click()
    asked.get_by_label("Window 1, such as 0:2").wait_for()
    assert first.status.get_attribute("data-for") == "6,8,pytorch"
    assert asked.locator("[data-window][data-stop]:not([data-stop=''])").count() == 0, "what is asked stays hidden"


def test_what_was_read_is_marked_until_it_is_forgotten(site, reader):
    reader.goto((site / "lessons" / "00-start-here.html").as_uri())
    reader.locator(".site-end").evaluate("end => end.scrollIntoView({ behavior: 'instant' })")
    reader.locator(".site-rail .site-done[data-of-lesson='00-start-here']").wait_for()
    reader.goto((site / "index.html").as_uri())
    assert reader.locator(".site-cards .site-done").count() == 1
    assert reader.locator(".site-cards .site-done .site-state").inner_text() == WORDS["read"]
    reader.evaluate("localStorage.setItem('pooltutor.site', '[7')")
    reader.reload()
    assert reader.locator(".site-cards .site-done").count() == 0
    reader.goto((site / "lessons" / "00-start-here.html").as_uri())
    reader.locator(".site-end").evaluate("end => end.scrollIntoView({ behavior: 'instant' })")
    reader.locator(".site-rail .site-done").wait_for()
    reader.get_by_role("button", name=WORDS["forget"]).click()
    reader.wait_for_function("() => localStorage.getItem('pooltutor.site') === null")


def test_an_answer_is_found_again(site, reader):
    """In an explorer that asks, after the page was loaded again."""
    reader.goto((site / "gallery.html").as_uri())
    asked = reader.locator('[data-saved*=\'"kind":"windows"\']').first
    asked.scroll_into_view_if_needed()
    box = asked.get_by_label("Window 1, such as 0:2")
    box.fill("1:3")
    box.blur()
    reader.reload()
    asked.scroll_into_view_if_needed()
    box.wait_for()
    assert box.input_value() == "1:3"


def test_the_front_page_counts_the_questions_that_are_done_until_all_is_forgotten(site, reader):
    reader.goto((site / "lessons" / "06-relatives.html").as_uri())
    asked = reader.locator(".pt-story").first
    asked.locator(".pt-answer input").fill("1.5")
    asked.get_by_role("button", name="Check my answer").click()
    asked.get_by_text("questions answered: 1 of 1").wait_for()
    reader.goto((site / "index.html").as_uri())
    assert reader.locator(".site-asked:visible").all_inner_texts() == ["1 of 1 question done"]
    reader.goto((site / "lessons" / "06-relatives.html").as_uri())
    reader.get_by_role("button", name=WORDS["forget"]).click()
    reader.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('pooltutor story'))")
    reader.goto((site / "index.html").as_uri())
    assert reader.locator(".site-asked:visible").count() == 0


def test_the_search_works_without_a_network(site, reader):
    reader.goto((site / "docs" / "hosts.html").as_uri())
    reader.keyboard.press("/")
    reader.keyboard.type("forum")
    reader.keyboard.press("Enter")
    reader.wait_for_url(re.compile(r"search\.html\?q=forum"))
    hit = reader.locator("#search-results a").first
    hit.wait_for()
    assert reader.locator("#search-results li").count() >= 2
    hit.click()
    reader.locator("h1").first.wait_for()


def test_the_page_stays_dark_and_its_views_with_it(site, reader):
    reader.goto((site / "index.html").as_uri())
    reader.get_by_role("button", name=WORDS["dark"]).click()
    reader.locator(".pooltutor[data-theme=dark]").first.wait_for()
    reader.goto((site / "gallery.html").as_uri())
    assert reader.evaluate("() => document.documentElement.dataset.theme") == "dark"
    reader.locator(".pooltutor[data-theme=dark] .pt-size-grip").first.wait_for()
    reader.emulate_media(media="print")  # on paper all is light, and nothing waits for a hand
    assert reader.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert reader.locator(".site-head:visible, .pt-size-grip:visible, .pt-slider:visible").count() == 0
    reader.emulate_media(media="screen")
    reader.get_by_role("button", name=WORDS["dark"]).click()
    assert reader.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_no_page_is_wider_than_a_phone_or_a_tablet(site, reader):
    for width, name in [(width, name) for width in (768, 390) for name in ("index.html", "lessons/00-start-here.html")]:
        reader.set_viewport_size({"width": width, "height": 740})
        reader.goto((site / name).as_uri())
        assert reader.evaluate("() => document.documentElement.scrollWidth") == width
    reader.set_viewport_size({"width": 360, "height": 740})
    for name in ("index.html", "lessons/04-two-dimensions.html", "docs/questions.html"):
        reader.goto((site / name).as_uri())
        wake(reader)
        assert reader.evaluate("() => document.documentElement.scrollWidth") == 360, name
    reader.locator(".site-menu > summary").click()
    assert reader.locator(".site-menu [data-of-lesson]").first.is_visible()
    reader.set_viewport_size({"width": 1280, "height": 900})


def test_without_scripts_text_and_pictures_are_there(site, chromium):
    page = chromium.new_page(java_script_enabled=False, offline=True)
    page.goto((site / "lessons" / "01-windows.html").as_uri())
    assert page.locator("h1").inner_text().startswith("Windows")
    image = page.locator("[data-saved] img").first
    image.scroll_into_view_if_needed()
    assert image.is_visible()
    assert image.bounding_box()["height"] > 200
    assert page.locator("[data-size]", has_text="14 → 4").first.is_visible()
    page.close()


# From a server -------------------------------------------------------------------------------------------------


def test_it_works_in_a_folder_of_a_server_there_and_back(served, context):
    page = watched(context.new_page(), (served, "data:", "blob:"))
    page.goto(served + "index.html")
    View(page).wait("recorded", "14,4,pytorch")
    page.get_by_role("link", name=WORDS["start"]).click()
    page.get_by_role("link", name=re.compile("^Next")).click()
    page.wait_for_url(re.compile(r"lessons/01-windows\.html$"))
    page.go_back()
    page.wait_for_url(re.compile(r"lessons/00-start-here\.html$"))
    page.go_forward()
    page.goto(served + "docs/questions.html#questions-q8")
    assert page.locator("#questions-q8").evaluate("heading => heading.getBoundingClientRect().top") < 300
    assert page.faults == []
    page.close()


def test_one_module_draws_a_view_on_any_page(served, context):
    page = watched(context.new_page(), (served, "data:", "blob:"))
    page.goto(served + "embed.html")
    view = View(page)
    view.wait("recorded", "7,5,pytorch")
    assert_same_as_pytorch(view, 7, 5)
    page.evaluate(
        """async address => {
          const { default: widget } = await import(address);
          const state = { view: "grid", input_size: [6, 8], target_size: [4, 3] };
          widget.render({ model: { get: name => state[name] }, el: document.getElementById("here") });
        }""",
        served + "pooltutor.mjs",
    )
    page.locator("[data-for='6x8,4x3,pytorch'][data-verdict=recorded]").wait_for()
    assert page.faults == []
    page.close()
