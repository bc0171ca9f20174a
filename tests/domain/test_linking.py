"""Two files of one person: each says so by itself, and neither is rewritten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.events.base import GrantEnd, GrantKind
from domain.events.linking import FilesLinked, FilesUnlinked
from domain.roles import Role
from domain.rules.base import UNKNOWN_HERE
from domain.rules.linking import MOST, LinkFiles, UnlinkFiles, by_code, code_of
from tests.domain.histories import CLOSED, REFERRED
from tests.spec import TODAY, an_id, given, refusing

HERE, OTHER = an_id("this file"), an_id("other file")
WHY = "was twee keer aangemeld"
LINKED = FilesLinked(occurred_on=TODAY, other=OTHER, reason=WHY)
UNLINKED = FilesUnlinked(occurred_on=TODAY, other=OTHER, reason=WHY)
LINK, UNLINK = LinkFiles(other=OTHER, reason=WHY), UnlinkFiles(other=OTHER, reason=WHY)


def test_it_is_linked_once_and_unlinked_once():
    given(REFERRED).when(LINK).then(LINKED)
    given(REFERRED, LINKED).when(LINK).nothing()
    given(REFERRED, LINKED).when(UNLINK).then(UNLINKED)
    given(REFERRED, LINKED, UNLINKED).when(UNLINK).nothing()
    given(REFERRED, LINKED, UNLINKED).when(LINK).then(LINKED)


def test_another_reason_is_kept_while_linked_and_refused_once_unlinked():
    why = {"reason": "het is dezelfde Noor"}
    again, apart = LINK.model_copy(update=why), UNLINK.model_copy(update=why)
    given(REFERRED, LINKED).when(again).then(LINKED.model_copy(update=why))
    given(REFERRED, LINKED, LINKED.model_copy(update=why)).when(again).nothing()
    given(REFERRED, LINKED, UNLINKED).when(apart).refused("Die blijft staan", at="reason")
    full = [LINKED.model_copy(update={"other": an_id(str(each))}) for each in range(MOST)]
    given(REFERRED, *full[1:], LINKED).when(again).then(LINKED.model_copy(update=why))


def test_what_was_never_linked_is_unlinked_no_more_than_what_is_not_there():
    given(REFERRED).when(UNLINK).refused(UNKNOWN_HERE.nl, at="other")


def test_a_closed_file_is_linked_too_and_one_that_is_not_there_is_not():
    given(REFERRED, CLOSED).when(LINK).then(LINKED)
    given(REFERRED, LINKED, CLOSED).when(UNLINK).then(UNLINKED)
    given().when(LINK).refused("Noteer eerst de aanmelding")
    given().when(UNLINK).refused("Noteer eerst de aanmelding")


def test_the_same_is_asked_of_the_other_file_and_never_of_the_file_itself():
    ((stream, back, field),) = LINK.along(HERE)
    assert (stream, field) == (OTHER, "other")
    assert back == LinkFiles(other=HERE, reason=WHY)
    assert (LINK.along(HERE)[0][2], UNLINK.along(HERE)[0][2]) == ("other", None)
    with refusing("hetzelfde dossier", at="other"):
        LINK.along(OTHER)


def test_no_more_than_a_handful():
    links = [
        FilesLinked(occurred_on=TODAY, other=an_id(str(each)), reason=WHY) for each in range(MOST)
    ]
    given(REFERRED, *links).when(LINK).refused("Maak er eerst een los", at="other")


def test_the_row_gives_nobody_a_right():
    (grant,) = LINKED.grants(HERE)
    assert (grant.kind, grant.holder) == (GrantKind.LINK, OTHER)
    assert UNLINKED.grants(HERE) == (GrantEnd(HERE, grant.key),)


def test_who_links():
    assert {Role.CLIENT, Role.JOB_COACH, Role.PRIVACY_OFFICER} == FilesLinked.RECORDED_BY


def test_a_code_asks_a_link_of_both_and_takes_no_words_to_the_other():
    here, there = by_code(code_of(OTHER, TODAY), HERE, WHY, TODAY)
    assert here == LINK
    assert there == LinkFiles(other=HERE, reason="gekoppeld met een code")


@pytest.mark.parametrize(("days", "works"), [(0, True), (7, True), (8, False)])
def test_a_code_works_for_a_week_and_its_last_day_counts(days, works):
    code = code_of(OTHER, TODAY - timedelta(days))
    if works:
        assert by_code(code, HERE, WHY, TODAY)
        return
    with refusing("Deze code werkt niet of niet meer. Vraag een nieuwe", at="code"):
        by_code(code, HERE, WHY, TODAY)


@pytest.mark.parametrize("code", [None, code_of(HERE, TODAY)])
def test_what_is_no_code_and_one_of_this_very_file_answer_alike(code):
    with refusing("Deze code werkt niet of niet meer. Vraag een nieuwe", at="code"):
        by_code(code, HERE, WHY, TODAY)
