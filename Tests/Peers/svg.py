"""A line plot with logarithmic axes, as SVG that reads well on light and dark pages."""

import html
import math

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 34, 48
COLOURS = ["#2f6fb3", "#c2571a", "#3d8b40", "#8659a8", "#b03060"]


def line_plot(title, x_label, y_label, series):
    """`series` maps names to lists of (x, y), all above zero."""
    points = [point for values in series.values() for point in values]
    x, y = Axis([p[0] for p in points], LEFT, WIDTH - RIGHT), Axis(
        [p[1] for p in points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12" fill="#777" role="img">',
        f"<title>{html.escape(title)}</title>",
        text(LEFT, 18, title, "start", 'font-weight="bold"'),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, x_label, "middle"),
        text(LEFT - 52, TOP - 8 + 4, y_label, "start")]
    for tick in y.ticks():
        parts.append(line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick)))
        parts.append(text(LEFT - 6, y.at(tick) + 4, short(tick), "end"))
    for tick in x.ticks():
        parts.append(line(x.at(tick), TOP, x.at(tick), HEIGHT - BOTTOM))
        parts.append(text(x.at(tick), HEIGHT - BOTTOM + 16, short(tick), "middle"))
    ends = spread([y.at(values[-1][1]) for values in series.values()])
    for (name, values), colour, end in zip(series.items(), COLOURS, ends):
        path = " ".join(f"{x.at(a):.1f},{y.at(b):.1f}" for a, b in values)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x.at(a):.1f}" cy="{y.at(b):.1f}" r="3" fill="{colour}"/>'
                  for a, b in values]
        parts.append(text(WIDTH - RIGHT + 8, end + 4, name, "start", f'fill="{colour}"'))
    return "\n".join(parts + ["</svg>"]) + "\n"


class Axis:
    def __init__(self, values, start, end):
        self.low, self.high = math.log(min(values)), math.log(max(values))
        if self.high - self.low < 0.1:
            self.low, self.high = self.low - 0.5, self.high + 0.5
        self.start, self.end = start, end

    def at(self, value):
        share = (math.log(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self):
        """1, 2 and 5 times powers of ten inside the axis; fewer where there are many."""
        exponents = range(math.floor(self.low / math.log(10)), math.ceil(self.high / math.log(10)))
        for digits in ([1, 2, 5], [1, 3], [1]):
            ticks = [d * 10.0**e for e in exponents for d in digits]
            inside = [t for t in ticks if self.low <= math.log(t) + 1e-9 <= self.high + 2e-9]
            if len(inside) <= 9:
                break
        return inside


def spread(positions, gap=15):
    """Places for labels beside lines that end close together."""
    order = sorted(range(len(positions)), key=positions.__getitem__)
    placed, last = list(positions), -math.inf
    for index in order:
        placed[index] = last = max(positions[index], last + gap)
    return placed


def line(x1, y1, x2, y2):
    return (f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="#999" stroke-opacity="0.35"/>')


def text(x, y, words, anchor, style=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {style}>{html.escape(words)}</text>'


def short(value):
    for size, letter in [(1e6, "M"), (1e3, "k")]:
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"
