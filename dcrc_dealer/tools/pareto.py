"""A Pareto chart as SVG: how often each problem came up, and what the most frequent ones come to.

How to use::

    >>> svg = pareto([("R-D 维修质量", 6), ("R-C 价格说明", 3), ("S-B", 1)])
    >>> svg.count("<rect"), "60 %" in svg, "100 %" in svg
    (3, True, True)
    >>> str(pareto([]))
    ''

Plain shapes and texts, so that old and new makers of PDF draw it alike.
"""

from markupsafe import Markup, escape

WIDTH, HEIGHT = 680, 260
LEFT, RIGHT, TOP, BOTTOM = 36, 40, 18, 66
BARS = 12  # what comes after is one bar


def pareto(rows, rest="…"):
    """Return the chart of ``[(label, count)]``, most frequent first; "" when nothing is counted."""
    rows = [(label, count) for label, count in rows if count]
    if len(rows) > BARS:
        rows = [*rows[: BARS - 1], (rest, sum(count for _label, count in rows[BARS - 1 :]))]
    if not rows:
        return Markup()
    total, highest = sum(count for _label, count in rows), max(count for _label, count in rows)
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    step = wide / len(rows)
    parts, points, summed = [_axes(highest)], [], 0
    for place, (label, count) in enumerate(rows):
        summed += count
        x, tall = LEFT + place * step, high * count / highest
        middle = x + step / 2
        points.append((middle, TOP + high * (1 - summed / total)))
        parts.append(
            Markup('<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="#7a97b8"/>')
            % (x + step * 0.15, TOP + high - tall, step * 0.7, tall)
        )
        parts.append(_text(middle, TOP + high - tall - 3, count))
        parts.append(_text(points[-1][0], points[-1][1] - 4, f"{100 * summed / total:.0f} %", "#8a3b12"))
        parts += _label(middle, TOP + high + 13, label)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts.append(Markup('<polyline points="%s" fill="none" stroke="#8a3b12" stroke-width="1.5"/>') % line)
    size = Markup('<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s">')
    return size % (WIDTH, HEIGHT, WIDTH, HEIGHT) + Markup().join(parts) + Markup("</svg>")


def _axes(highest):
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    line = Markup('<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="#888"/>')
    texts = [_text(LEFT - 10, TOP + 4, highest), _text(right + 18, TOP + 4, "100 %")]
    return Markup().join(
        [
            line % (LEFT, bottom, right, bottom),
            line % (LEFT, TOP, LEFT, bottom),
            line % (right, TOP, right, bottom),
            *texts,
        ]
    )


def _text(x, y, text, color="#000"):
    return Markup('<text x="%.1f" y="%.1f" font-size="10" text-anchor="middle" fill="%s">%s</text>') % (
        x,
        y,
        color,
        escape(text),
    )


def _label(x, y, label, size=7, lines=3):
    """The label in short lines below its bar."""
    words = [label[start : start + size] for start in range(0, len(label), size)]
    return [_text(x, y + 12 * place, word) for place, word in enumerate(words[:lines])]
