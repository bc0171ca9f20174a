"""The profile as it stands: since when, and nothing of what it says."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, assert_never

from domain.events.profile import (
    MilestoneReached,
    PreferencesStated,
    VocationalProfileRecorded,
    VocationalProfileUpdated,
)
from domain.events.topics import ProfileTopic


class Profile(NamedTuple):
    """Dates only; a closing leaves them, so that who comes back is not asked again."""

    written_on: date | None = None
    """The last day on which the profile was written."""
    preferred_on: date | None = None
    """The last day on which the client said what they would like."""

    @property
    def worked_on(self) -> date | None:
        """The last day on which somebody was busy with either."""
        return max(filter(None, self), default=None)


def evolve_profile(profile: Profile, event: ProfileTopic) -> Profile:
    day = event.occurred_on
    match event:
        case VocationalProfileRecorded() | VocationalProfileUpdated():
            return profile._replace(written_on=max(profile.written_on or day, day))
        case PreferencesStated():
            return profile._replace(preferred_on=max(profile.preferred_on or day, day))
        case MilestoneReached():
            return profile
        case _:
            assert_never(event)
