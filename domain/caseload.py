"""How many people a coach guides, held against the IPS scale (reference 1.3, item 1)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from domain.language import Text

MOST = 20
"""So many people a full-time coach guides at most, where the scale gives its highest score."""


def full_time(people: int, fte: float) -> int | None:
    """Give how many it would be in a full week, rounded half up (P); None without any hours."""
    if not fte:
        return None
    return int((Decimal(people) / Decimal(str(fte))).to_integral_value(ROUND_HALF_UP))


NOTE = Text(
    f"Bij een volle week begeleidt een coach hooguit {MOST} mensen (IPS). Waar niet vastligt"
    " hoeveel uur een coach werkt, staat alleen het aantal.",
    f"In a full week a coach guides at most {MOST} people (IPS). Where it is not recorded how many"
    " hours a coach works, only the number stands.",
)


def told(people: int, fte: float) -> Text | None:
    """Say it in words: a figure to plan by, and no mark for a person. None without any hours."""
    per_week = full_time(people, fte)
    if per_week is None:
        return None
    if per_week <= MOST:
        return Text(
            f"Omgerekend naar een volle week {per_week}. Dat past.",
            f"In a full week that would be {per_week}. It fits.",
        )
    return Text(
        f"Omgerekend naar een volle week {per_week}. Dat is meer dan {MOST}: kijk samen wat er"
        " anders kan.",
        f"In a full week that would be {per_week}. That is more than {MOST}: look together at what"
        " can be otherwise.",
    )
