"""Which subsidies go with a job: they follow from the instruments, and are stored only there."""

from __future__ import annotations

from datetime import date

from domain.events.instruments import NoRiskCoverNoted, WageSubsidyGranted
from domain.events.placement import JobStarted
from domain.language import Text

SUBSIDIES = (WageSubsidyGranted, NoRiskCoverNoted)
"""What reference 3.3 counts as one: help with wages, or with sick pay."""
NO_RISK = "no_risk"
_NO_RISK = Text("no-riskpolis", "no-risk cover")
Subsidy = WageSubsidyGranted | NoRiskCoverNoted


def goes_with(subsidy: Subsidy, job: JobStarted, ended_on: date | None) -> bool:
    """Say whether it is for this job: noted for it, for its employer, or going with the client.

    What ended before the job began, or began after it ended, was for another.
    """
    if subsidy.placement is not None:
        meant = subsidy.placement == job.placement
    else:
        meant = subsidy.employer in {None, job.employer}
    over = subsidy.ends_on is not None and subsidy.ends_on < job.starts_on
    later = ended_on is not None and ended_on < subsidy.starts_on
    return meant and not over and not later


def kind_of(subsidy: Subsidy) -> tuple[str, Text]:
    """Name which one it is, and how that is said."""
    if isinstance(subsidy, NoRiskCoverNoted):
        return NO_RISK, _NO_RISK
    return subsidy.kind.value, subsidy.kind.label
