"""How Sphinx makes the web site of the lessons; `pooltutor site OUT` gathers the sources and runs it."""

import json
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from pooltutor.site.sizes import pieces
from pooltutor.words import say

project = "pooltutor"
extensions = ["myst_nb"]
exclude_patterns = []
html_theme = "basic"  # for its search; every template is our own
templates_path = ["templates"]
html_copy_source = False
smartquotes = False  # much that is quoted is code
html_show_search_summary = False  # it would fetch pages, which a page that is opened from a disk may not
html_use_index = False
html_additional_pages = {}
nb_execution_mode = "off"  # the notebooks are committed with what they show
nb_merge_streams = True
nb_code_prompt_show = say("site.show_answer")
nb_code_prompt_hide = say("site.hide_answer")
myst_enable_extensions = []  # a dollar is a dollar
myst_heading_anchors = 4
myst_all_links_external = False
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type", "misc.highlighting_failure"]


class Size(nodes.inline):
    """A size in the text, such as 14 → 4."""


class FindSizes(SphinxPostTransform):
    """Mark the sizes in the text of the lessons; headings, links and code keep theirs as they are."""

    default_priority = 500
    left_alone = (nodes.title, nodes.reference, nodes.literal, nodes.literal_block, nodes.raw, Size)

    def run(self, **kwargs):
        """Replace each text that has sizes."""
        if not self.env.docname.startswith("lessons/"):
            return
        for text in list(self.document.findall(nodes.Text)):
            found = list(pieces(text.astext()))
            if any(sizes for _, sizes in found) and not self.is_left_alone(text):
                text.parent.replace(text, [marked(*each) for each in found])

    def is_left_alone(self, node):
        """Is the text inside something whose sizes stay?"""
        parent = node.parent
        while parent is not None:
            if isinstance(parent, self.left_alone):
                return True
            parent = parent.parent
        return False


def marked(text, sizes):
    """A piece of a text, which may be a size."""
    return Size(text, text, numbers=json.dumps(sizes)) if sizes else nodes.Text(text)


def open_size(translator, node):
    """Begin a size in HTML; the page makes a button of it."""
    translator.body.append(translator.starttag(node, "span", "", **{"data-size": node["numbers"]}))


def close_size(translator, node):
    """End it."""
    translator.body.append("</span>")


def add_context(app, config):
    """Give the templates what the builder has gathered."""
    config.html_context.update(json.loads(Path(app.srcdir, "context.json").read_text(encoding="utf-8")))


def setup(app):
    """Connect all of it."""
    app.add_node(Size, html=(open_size, close_size))
    app.add_post_transform(FindSizes)
    app.connect("config-inited", add_context)
