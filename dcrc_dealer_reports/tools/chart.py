"""A year of one figure as a picture: bars by month, sharp at every size (SVG by reportlab).

How to use::

    svg = draw_months([("2026-01", 91.5), ("2026-02", None), ...])

A month of which nothing can be said has no bar and a dash. Only digits stand in the picture: whatever
language the paper is in, every font has them.
"""

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

WIDTH, HEIGHT = 520, 120
LEFT, BOTTOM, TOP = 8, 18, 18
BAR, LAST, AXIS, TEXT = map(HexColor, ("#9DB2BF", "#27496D", "#888888", "#333333"))


def draw_months(points):
    """Return an SVG document of ``[(label, value or None)]``; the last one is this month's, and darker."""
    drawing = Drawing(WIDTH, HEIGHT)
    highest = max((value for _label, value in points if value is not None), default=0) or 1
    step = (WIDTH - 2 * LEFT) / max(1, len(points))
    for place, (label, value) in enumerate(points):
        left, middle = LEFT + place * step, LEFT + (place + 0.5) * step
        height = 0 if value is None else max(0, value) / highest * (HEIGHT - BOTTOM - TOP)
        if height:
            color = LAST if place == len(points) - 1 else BAR
            drawing.add(Rect(left + step * 0.2, BOTTOM, step * 0.6, height, fillColor=color, strokeColor=None))
        drawing.add(_text(middle, BOTTOM + height + 4, write(value)))
        drawing.add(_text(middle, 5, label))
    drawing.add(Line(LEFT, BOTTOM, WIDTH - LEFT, BOTTOM, strokeColor=AXIS, strokeWidth=0.7))
    return renderSVG.drawToString(drawing)


def write(value):
    """Return a figure as short as it may be: "–" when nothing can be said."""
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 1000 or float(value).is_integer() else f"{value:.1f}"


def _text(left, bottom, words):
    return String(left, bottom, words, fontSize=8, fillColor=TEXT, textAnchor="middle")
