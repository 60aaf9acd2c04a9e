"""What is said when the figures that a paper asks for are not in the system."""

from __future__ import annotations

from phrom.shared.ui.refusals import Refusal


class NoFigures(Refusal):
    """There is nothing to print yet; the sentence says what is missing and who can bring it."""
