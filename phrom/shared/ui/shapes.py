"""The states of the system as a person sees them: each has a word, a shape and a colour, never a colour alone."""

from __future__ import annotations

# 16 x 16 strokes. The shapes differ in outline, so that they stay apart in one colour, small and in print.
_CIRCLE = "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12"
SHAPES: dict[str, str] = {
    "open": _CIRCLE,
    "submitted": "M8 14V3M3.5 7.5L8 3l4.5 4.5",
    "with_head": _CIRCLE + "M8 4.5V8l2.5 2",
    "returned": "M6 4L2.5 7.5L6 11M3 7.5h6.5a3.5 3.5 0 0 1 0 7H7",
    "accepted": "M2.5 8.5l3.5 4l7.5-9",
    "late": "M8 2L15 14H1ZM8 6.5v3.5M8 12v.5",
    "frozen": "M3 7.5h10v6.5H3ZM5 7.5V5a3 3 0 0 1 6 0v2.5",
    "done": "M2.5 8.5l3.5 4l7.5-9",
    "wait": _CIRCLE + "M8 4.5V8l2.5 2",
    "stop": "M5 1.5h6l3.5 3.5v6L11 14.5H5L1.5 11V5ZM5.5 5.5l5 5M10.5 5.5l-5 5",
}

# Which colour token a state takes (phrom.css).
TONES: dict[str, str] = {
    "open": "calm",
    "submitted": "brand",
    "with_head": "wait",
    "returned": "late",
    "accepted": "done",
    "late": "stop",
    "frozen": "calm",
    "done": "done",
    "wait": "wait",
    "stop": "stop",
}
