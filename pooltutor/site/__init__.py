"""The lessons as a web site whose views live without a kernel: ``pooltutor site OUT``.

Files, each importing only those before it: ``lessons`` (which there are, what they are called), ``pictures``,
``questions`` (what a page asks) and ``figures`` (one output of a notebook as HTML), ``notebook_page`` (a lesson as
Sphinx takes it), ``sizes`` (such as 14 → 4 in a text), ``thumbnails`` (a small picture for each lesson), ``gallery``
(each view, and the call that opens it), ``twins`` (each page as Markdown), ``assets`` (scripts, style sheets, what a
page may load), ``sources`` (all that Sphinx reads) and ``building``. The configuration, the templates and the style
sheet are in the folder ``site`` of the repository, which an installed package carries as ``site/source``.
"""
