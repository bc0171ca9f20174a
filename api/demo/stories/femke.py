"""Femke: five years of WAO, a place in the group, and then a job (source S0)."""

from __future__ import annotations

from api.demo.people import FEMKE, PROGRAMME, RIA, SAMIR, named
from api.demo.stories.group import FAREWELL
from api.demo.telling import Story
from domain.events.benefit import Benefit
from domain.events.placement import Contract
from domain.events.referral import Channel, Want
from domain.events.search import ContactPurpose, Mode
from domain.events.support import RhythmChoice
from domain.rules.benefit import NoteBenefits
from domain.rules.placement import LogPlacement
from domain.rules.profile import NoteMilestone
from domain.rules.referral import EnterProgramme, ExpressWorkWish, Refer
from domain.rules.search import LogEmployerContact
from domain.rules.support import AgreeRhythm, SupportEmployer
from domain.state.work import PlacementKind

LIBRARY = named(SAMIR.key, "library-employer")
_WAO = FAREWELL + 5 * 366
"""Five years before she left the group."""


def tell(story: Story) -> None:
    """Tell Femke's year."""
    _coming_in(story)
    _steps(story)
    _working(story)


def _coming_in(story: Story) -> None:
    story.begins(312, Refer(client=FEMKE.actor.person, channel=Channel.UWV))
    story.says(311, RIA, EnterProgramme(programme=PROGRAMME))
    wish = ExpressWorkWish(wants=(Want.PAID,), words="Weer ergens bij horen, en dan werken.")
    story.says(311, FEMKE, wish, hour=14)
    since = NoteBenefits(
        benefits=(Benefit.WAO,),
        occurred_on=story.ago(_WAO),
        late_reason="Lang geleden begonnen, voor ik hier kwam.",
    )
    story.says(310, FEMKE, since)
    for days in (308, 294, 280, 266, 252, 238, 224, 210, 196, 182, 168, 154, 140, 126):
        story.talks(days, mode=Mode.WALK if days % 4 else Mode.PHONE)


def _steps(story: Story) -> None:
    """Tell her steps, in her own words."""
    for days, words in (
        (262, "Elke dag om half acht aan de ontbijttafel."),
        (204, "Vrijdagmiddag had ik weer een weekendgevoel."),
        (133, "Mijn eerste brief is de deur uit."),
    ):
        story.says(days, FEMKE, NoteMilestone(words=words))


def _working(story: Story) -> None:
    contact = LogEmployerContact(
        employer=LIBRARY,
        mode=Mode.ON_SITE,
        client_present=True,
        client_specific=True,
        purpose=ContactPurpose.SPECIFIC_JOB,
    )
    story.says(120, RIA, contact)
    job = LogPlacement(
        placement=story.id("job"),
        kind=PlacementKind.JOB,
        employer=LIBRARY,
        title="planner",
        starts_on=story.ago(FAREWELL),
        hours_per_week=20,
        contract=Contract.PERMANENT,
        paid=True,
        pay_at_least_minimum=True,
        open_to_anyone=True,
    )
    story.says(99, RIA, job)
    story.talks(95, "Maandag om half tien zat ze niet in de groep, maar aan haar bureau.",
                mode=Mode.PHONE, placement="job")  # fmt: skip
    for days in (91, 62, 34, 5):
        asked = SupportEmployer(employer=LIBRARY, placement=story.id("job"), mode=Mode.PHONE)
        story.says(days, RIA, asked)
    rhythm = AgreeRhythm(per_month=1, mode=Mode.PHONE, choice=RhythmChoice.CLIENT)
    story.says(90, FEMKE, rhythm)
    for days in (88, 74, 60, 46, 32, 18, 4):
        story.talks(days, mode=Mode.PHONE, placement="job")
