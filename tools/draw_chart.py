"""How does a lifecycle look on paper? Boxes in columns by distance from the start, arrows by verb.

The drawing takes its colours from the page around it, so that it reads in the light and in the dark.
"""

from dataclasses import dataclass
from html import escape

from kompeten.kernel.statechart import Chart

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN = 150, 46, 130, 48, 28
LOOP = 13  # height of a line that names a step that stays
LANE = 30  # height of a way back below the boxes


@dataclass(frozen=True)
class Box:
    """A state and the left upper corner of its box."""

    state: str
    x: float
    y: float

    @property
    def middle(self) -> float:
        """The height of the box's centre."""
        return self.y + BOX_HEIGHT / 2


def svg(chart: Chart) -> str:
    """Return the chart as one SVG element, with a title and a description for those who hear it."""
    boxes = _place(chart)
    arrows = _arrows(chart)
    backs = [pair for pair in arrows if boxes[pair[1]].x < boxes[pair[0]].x]
    bottom = max(box.y for box in boxes.values()) + BOX_HEIGHT
    width = max(box.x for box in boxes.values()) + BOX_WIDTH + MARGIN
    width += (
        70 if any(boxes[a].x == boxes[b].x == width - BOX_WIDTH - MARGIN for a, b in arrows) else 0
    )
    height = bottom + MARGIN + LANE * len(backs)
    parts = [
        f'<svg class="chart" role="img" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' style="width:{width:.0f}px" xmlns="http://www.w3.org/2000/svg">',
        f"<title>The life of a record: {escape(chart.name)}</title>",
        f"<desc>{escape(_spoken(chart))}</desc>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="currentColor"/></marker></defs>',
    ]
    for number, (pair, verbs) in enumerate(arrows.items()):
        lane = bottom + LANE * (1 + backs.index(pair)) if pair in backs else None
        parts.append(_arrow(boxes[pair[0]], boxes[pair[1]], verbs, lane, shift=number % 3 - 1))
    parts += [_box(box, chart) for box in boxes.values()]
    return "\n".join([*parts, "</svg>"])


def _place(chart: Chart) -> dict[str, Box]:
    """Return a box for each state: a column for each step away from the start, rows as declared."""
    column = {chart.initial.value: 0}
    waiting = [chart.initial.value]
    while waiting:
        here = waiting.pop(0)
        for step in chart.steps:
            if here in step.source and step.target and step.target not in column:
                column[step.target] = column[here] + 1
                waiting.append(step.target)
    rows: dict[int, list[str]] = {}
    for state in sorted(column, key=list(chart.states).index):
        rows.setdefault(column[state], []).append(state)
    tallest = max(map(len, rows.values()))
    placed = {}
    for at, states in rows.items():
        top = MARGIN + (tallest - len(states)) * (BOX_HEIGHT + GAP_Y) / 2
        for row, state in enumerate(states):
            x = MARGIN + at * (BOX_WIDTH + GAP_X)
            placed[state] = Box(state, x, top + row * (BOX_HEIGHT + GAP_Y))
    return placed


def _arrows(chart: Chart) -> dict[tuple[str, str], list[str]]:
    """Return the verbs that lead from one state to another, by pair; steps that stay are left out."""
    found: dict[tuple[str, str], list[str]] = {}
    for step in chart.steps:
        for source in sorted(step.source):
            if step.target and step.target != source:
                found.setdefault((source, step.target), []).append(step.verb)
    return found


def _arrow(a: Box, b: Box, verbs: list[str], lane: float | None, *, shift: int) -> str:
    words = escape(", ".join(verbs).replace("_", " "))
    anchor = "middle"
    if lane is not None:  # a way back runs below all boxes
        x1, x2 = a.x + BOX_WIDTH * 0.6, b.x + BOX_WIDTH * 0.4
        y1, y2 = a.y + BOX_HEIGHT, b.y + BOX_HEIGHT
        path = (
            f"M{x1:.0f} {y1:.0f}V{lane - 10:.0f}Q{x1:.0f} {lane:.0f} {x1 - 10:.0f} {lane:.0f}"
            f"H{x2 + 10:.0f}Q{x2:.0f} {lane:.0f} {x2:.0f} {lane - 10:.0f}V{y2:.0f}"
        )
        tx, ty = (x1 + x2) / 2, lane - 5
    elif a.x == b.x:  # a neighbour above or below: down on the right, up on the left
        down = a.y < b.y
        x = a.x + (BOX_WIDTH if down else 0)
        reach = x + (46 if down else -46)
        path = (
            f"M{x:.0f} {a.middle:.0f}C{reach:.0f} {a.middle:.0f} {reach:.0f} {b.middle:.0f}"
            f" {x:.0f} {b.middle:.0f}"
        )
        tx, ty = x + (38 if down else -38), (a.middle + b.middle) / 2 + 4
        anchor = "start" if down else "end"
    else:
        x1, y1, x2, y2 = a.x + BOX_WIDTH, a.middle, b.x, b.middle
        bend = (x2 - x1) / 2
        path = f"M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
        # The words stand past the middle, where arrows from one box have parted.
        tx, ty = x1 + (x2 - x1) * 0.56, y1 + (y2 - y1) * 0.7 - 6 + (4 * shift if y1 != y2 else 0)
    return (
        f'<path d="{path}" fill="none" stroke="currentColor" stroke-opacity=".5"'
        ' stroke-width="1.5" marker-end="url(#tip)"/>'
        f'<text x="{tx:.0f}" y="{ty:.0f}" text-anchor="{anchor}" class="verb">{words}</text>'
    )


def _box(box: Box, chart: Chart) -> str:
    stays = [s.verb for s in chart.steps if box.state in s.source and s.target in (None, box.state)]
    kind = "state final" if chart.is_final(box.state) else "state"
    kind += " first" if box.state == chart.initial.value else ""
    words = box.state.replace("_", " ")
    lift = 5 if not stays else -2
    text = (
        f'<text x="{box.x + BOX_WIDTH / 2:.0f}" y="{box.middle + lift:.0f}" text-anchor="middle"'
        f' class="name">{escape(words)}</text>'
    )
    if stays:
        short = ", ".join(stays[:3]) + (" …" if len(stays) > 3 else "")
        text += (
            f'<text x="{box.x + BOX_WIDTH / 2:.0f}" y="{box.middle + lift + LOOP + 2:.0f}"'
            f' text-anchor="middle" class="stays">↻ {escape(short.replace("_", " "))}</text>'
        )
    return (
        f'<rect x="{box.x:.0f}" y="{box.y:.0f}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="10"'
        f' class="{kind}"/>{text}'
    )


def _spoken(chart: Chart) -> str:
    said = [f"It begins {chart.initial.value}."]
    for step in chart.steps:
        source = " or ".join(sorted(step.source))
        said.append(f"{step.verb}: {source} to {step.target or 'the same'}.")
    return " ".join(said)
