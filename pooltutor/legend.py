"""The one legend of colours, for figures and live views alike: a meaning on the left, a colour on the right.

Hues: neutral for the input, blue and orange-brown for even and odd windows, yellow for outputs, purple for everything
that flows backward, green with a tick for agreement, red with a cross for a difference. Shared cells are hatched in
the hues of both windows (``shared_even``, ``shared_odd``), or have one strong hue where there is no room for a hatch
(``shared_solid``); shared rows and columns of a grid have one grey hatch (``shared_hatch``), or a strong mark at their
edge (``shared_mark``). On maps of all sizes seven steps from dark blue to yellow, which every kind of colour vision
can order, or a colour per category. Every text colour keeps a contrast of at least 4.5:1 to the ground it stands on,
in both themes; a test measures it.
"""

# Seven steps, the same in both themes, since what matters on a map is their order.
_SEQUENCE = {
    "map_0": "#00224e",
    "map_1": "#2a3f6d",
    "map_2": "#575d6d",
    "map_3": "#7d7c78",
    "map_4": "#a59c74",
    "map_5": "#d2c060",
    "map_6": "#fee838",
}

LIGHT: dict[str, str] = {
    "ground": "#ffffff",
    "panel": "#f3f5f7",
    "ink": "#16191d",
    "ink_soft": "#4b5563",
    "line": "#6b7280",
    "control": "#1f6fb2",
    "input": "#e7eaef",
    "input_ink": "#16191d",
    "window_even": "#1f6fb2",
    "window_odd": "#a8480b",
    "window_ink": "#ffffff",
    "edge_even": "#1f6fb2",
    "edge_odd": "#a8480b",
    "shared_even": "#1f6fb2",
    "shared_odd": "#a8480b",
    "shared_solid": "#4b5563",
    "shared_hatch": "#6b7280",
    "shared_mark": "#16191d",
    "output": "#fdecb5",
    "output_edge": "#8a6d0b",
    "output_ink": "#16191d",
    "winner": "#ffd84d",
    "gradient": "#7b2d90",
    "gradient_low": "#f5ecf7",
    "gradient_high": "#54176a",
    "gradient_minus": "#0b5e54",
    "agrees_ink": "#0d5427",
    "agrees_ground": "#e4f5ea",
    "disagrees_ink": "#9c1420",
    "disagrees_ground": "#fdeaea",
    "unchecked_ink": "#3d4550",
    "unchecked_ground": "#eef0f3",
    "wrong": "#c4161c",
    "focus": "#16191d",
    **_SEQUENCE,
    "map_none": "#e7eaef",
    "map_plain": "#1f6fb2",
    "map_padded": "#e69f00",
    "map_agrees": "#cfe8d8",
    "map_differs": "#b3202a",
    "map_undefined": "#6b7280",
    "on_light": "#000000",
    "on_dark": "#ffffff",
}

DARK: dict[str, str] = {
    "ground": "#111418",
    "panel": "#1b2027",
    "ink": "#eef1f5",
    "ink_soft": "#aeb6c2",
    "line": "#8b95a3",
    "control": "#4c9be0",
    "input": "#2b323b",
    "input_ink": "#eef1f5",
    "window_even": "#2a6fad",
    "window_odd": "#ab4f17",
    "window_ink": "#ffffff",
    "edge_even": "#6fb4f2",
    "edge_odd": "#f2a878",
    "shared_even": "#6fb4f2",
    "shared_odd": "#f2a878",
    "shared_solid": "#aeb6c2",
    "shared_hatch": "#8b95a3",
    "shared_mark": "#eef1f5",
    "output": "#4b3b0d",
    "output_edge": "#d0ae45",
    "output_ink": "#eef1f5",
    "winner": "#ffd84d",
    "gradient": "#d9a0e6",
    "gradient_low": "#2c2132",
    "gradient_high": "#e9c7f1",
    "gradient_minus": "#7fd8ca",
    "agrees_ink": "#8be0a4",
    "agrees_ground": "#12301d",
    "disagrees_ink": "#ffa8a8",
    "disagrees_ground": "#3a1619",
    "unchecked_ink": "#c3cad4",
    "unchecked_ground": "#232932",
    "wrong": "#ff6b6b",
    "focus": "#ffffff",
    **_SEQUENCE,
    "map_none": "#2b323b",
    "map_plain": "#4c9be0",
    "map_padded": "#f0b840",
    "map_agrees": "#24503a",
    "map_differs": "#ff8a80",
    "map_undefined": "#8b95a3",
    "on_light": "#000000",
    "on_dark": "#ffffff",
}

GRID_COLOURS = ("values", "overlaps", "influence", "gradient")
"""What the colours of a grid's cells may mean."""

THEMES: dict[str, dict[str, str]] = {"light": LIGHT, "dark": DARK}

# A still picture cannot follow its page from light to dark. So these colours stand on no ground of their own, and what
# stands beside the boxes is halfway between white and JupyterLab's #111111: 4.3:1 to both, where 4.35:1 is the most
# that one colour can have. Boxes keep the light theme's fills and the letters that go with them.
EITHER: dict[str, str] = {
    **LIGHT,
    "ink": "#747a83",
    "ink_soft": "#747a83",
    "panel": "#9aa1ab",
    "gradient": "#a859bb",
    "agrees_ink": "#2e8a4d",
    "disagrees_ink": "#d7454d",
    "wrong": "#d7454d",
    "focus": "#747a83",
    "shared_mark": "#747a83",
    "output_edge": "#9a730d",
    "edge_even": "#287fbd",
    "edge_odd": "#c95716",
    "page": "none",
    "between": "#9aa1ab",
    "zero": "none",
    "cut_on_line": "none",
    "panel_ink": "#000000",
    "ghost": "#9aa1ab",
    "arriving": "#f5ecf7",
    "arriving_ink": "#7b2d90",
}


def _still(theme: dict[str, str]) -> dict[str, str]:
    """The colours of a live theme for a picture on its ground, which shows between boxes and in empty ones."""
    return {
        **theme,
        "page": theme["ground"],
        "between": theme["ground"],
        "zero": theme["panel"],
        "cut_on_line": theme["line"],
        "panel_ink": theme["ink_soft"],
        "ghost": theme["ground"],
        "arriving": theme["ground"],
        "arriving_ink": theme["gradient"],
    }


def still_colours(theme: str) -> dict[str, str]:
    """The colours of a still picture: those of the legend, and what depends on whether it has a ground of its own.

    >>> still_colours("either")["page"], still_colours("light")["page"]
    ('none', '#ffffff')
    """
    return EITHER if theme == "either" else _still(THEMES[theme])


STILL_THEMES = (*THEMES, "either")
"""What the theme of a still picture may be."""
