"""The one legend of colours, for figures and live views alike: a meaning on the left, a colour on the right.

Hues: neutral for the input, blue and orange-brown for even and odd windows, yellow for outputs, purple for
everything that flows backward, green with a tick for agreement, red with a cross for a difference. Every
text colour keeps a contrast of at least 4.5:1 to the ground it stands on, in both themes; a test measures it.
"""

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
    "output": "#fdecb5",
    "output_edge": "#8a6d0b",
    "output_ink": "#16191d",
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
    "output": "#4b3b0d",
    "output_edge": "#d0ae45",
    "output_ink": "#eef1f5",
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
    "on_light": "#000000",
    "on_dark": "#ffffff",
}

THEMES: dict[str, dict[str, str]] = {"light": LIGHT, "dark": DARK}
