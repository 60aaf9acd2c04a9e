"""The seven pillars' colours, the same on screens and on paper. phrom.css repeats them; a test holds both equal."""

from __future__ import annotations

# White text on each has a contrast of 4.5:1 or more; every two stay apart for the three common colour-blindnesses
# (found by search: CIEDE2000 of 12 or more under Machado's matrices, 20 or more in full colour).
PILLARS: tuple[str, ...] = ("#23406b", "#14685b", "#694a04", "#8d023f", "#5b812f", "#7167d0", "#9b6586")
