"""The mark: a lotus of three petals over a door sill, drawn once, for the masthead and for home screens.

Source of the sizes: W3C Web Application Manifest (icons, purpose "maskable": what matters stays within a
circle of 80 % of the picture).
"""

from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]  #: control, control, end of a cubic Bézier curve

GROUND: Final = "#8f1d21"  #: lacquer
LINE: Final = "#fbfaf7"  #: rice paper
BOX: Final = 24.0  #: side of the square the mark is drawn in
SIZES: Final = (180, 192, 512)

_MIDDLE: Final[tuple[Point, tuple[Curve, ...]]] = (
    (12, 3.5),
    (((15, 6.7), (15.5, 11.2), (12, 16)), ((8.5, 11.2), (9, 6.7), (12, 3.5))),
)
_LEFT: Final[tuple[Point, tuple[Curve, ...]]] = (
    (3, 10.5),
    (((7, 10), (10.3, 12), (12, 16)), ((7.5, 17.6), (4.1, 15.4), (3, 10.5))),
)
_SILL: Final = ((5.0, 19.5), (19.0, 19.5))
_SMOOTH: Final = 4  #: a picture is drawn so many times larger, then made small
_STEPS: Final = 48  #: straight pieces of a drawn curve


def _mirrored(point: Point) -> Point:
    return BOX - point[0], point[1]


_RIGHT: Final = (
    _mirrored(_LEFT[0]),
    tuple((_mirrored(a), _mirrored(b), _mirrored(c)) for a, b, c in _LEFT[1]),
)
_PETALS: Final = (_MIDDLE, _LEFT, _RIGHT)


@cache
def paths() -> tuple[str, ...]:
    """Return the strokes as SVG paths in a box of 24 by 24."""
    petals = [
        f"M{_written(start)}" + "".join(f"C{' '.join(map(_written, curve))}" for curve in curves) + "z"
        for start, curves in _PETALS
    ]
    return (*petals, f"M{_written(_SILL[0])}H{_SILL[1][0]:g}")


def _written(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"


@cache
def svg() -> str:
    """Return the icon of a browser's tab."""
    strokes = "".join(f'<path d="{path}"/>' for path in paths())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 32 32">'
        f'<rect x="-4" y="-4" width="32" height="32" rx="7" fill="{GROUND}"/>'
        f'<g fill="none" stroke="{LINE}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">'
        f"{strokes}</g></svg>"
    )


@cache
def png(size: int) -> bytes:
    """Return the icon of a home screen, ``size`` pixels wide, safe under any mask."""
    side = size * _SMOOTH
    scale = side * 0.68 / BOX
    shift = (side - BOX * scale) / 2
    picture = Image.new("RGB", (side, side), GROUND)
    pen = ImageDraw.Draw(picture)
    width = 1.6 * scale
    for stroke in (*(_flat(start, curves) for start, curves in _PETALS), list(_SILL)):
        dots = [(x * scale + shift, y * scale + shift) for x, y in stroke]
        pen.line(dots, fill=LINE, width=round(width), joint="curve")
        for x, y in dots:  # round joints and ends
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=LINE)
    sink = BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).quantize(32).save(sink, "PNG", optimize=True)
    return sink.getvalue()


def _flat(start: Point, curves: tuple[Curve, ...]) -> list[Point]:
    """Return the points of a chain of curves."""
    points = [start]
    for first, second, end in curves:
        begin = points[-1]
        points += [_at(step / _STEPS, begin, first, second, end) for step in range(1, _STEPS + 1)]
    return points


def _at(t: float, a: Point, b: Point, c: Point, d: Point) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    corners = (a, b, c, d)
    return (
        sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
        sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
    )
