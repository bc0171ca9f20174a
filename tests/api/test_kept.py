"""A timeline that was given before is given again as long as nothing on it changed."""

from __future__ import annotations

import pytest

from api import reads

NEW = "we spraken over de bakkerij"
ASIDE = "INSERT INTO timeline.parked (stream, position, reason) VALUES (%s, 1, 'not readable')"
BACK = "DELETE FROM timeline.parked"


@pytest.fixture
def rendered(own_region, monkeypatch):
    """Give the region, and which pages were rendered rather than kept."""
    pages, whole = [], reads.page_of
    monkeypatch.setattr(reads, "page_of", lambda *told: pages.append(told) or whole(*told))
    return own_region, pages


def test_a_page_is_rendered_once_and_anew_when_something_was_added(rendered):
    region, pages = rendered
    first, second = (region.see(region.coach, "/timeline") for _ in range(2))
    assert (first.content, len(pages)) == (second.content, 1)
    region.say(region.coach, "log-contact", mode="walk", text=NEW)
    assert NEW in region.see(region.coach, "/timeline").text
    assert len(pages) == 2
    region.projector.catch_up()
    assert NEW in region.see(region.coach, "/timeline").text
    assert len(pages) == 2


def test_nothing_is_kept_of_a_read_model_that_is_behind(rendered):
    region, pages = rendered
    answer = region.http.post(
        f"/api/v1/trajectories/{region.trajectory}/log-contact",
        json={"mode": "walk", "text": NEW},
        headers=region.headers(region.coach),
    )
    assert answer.status_code == 201
    for _ in range(2):
        assert NEW not in region.see(region.coach, "/timeline").text
    assert len(pages) == 2
    region.projector.catch_up()
    assert NEW in region.see(region.coach, "/timeline").text


def test_nothing_is_kept_of_a_parked_file(rendered):
    region, pages = rendered
    with region.projector_connection() as connection:
        connection.execute(ASIDE, [region.trajectory])
        for _ in range(2):
            assert region.see(region.coach, "/timeline").status_code == 200
        assert len(pages) == 2
        connection.execute(BACK)
    for _ in range(2):
        assert region.see(region.coach, "/timeline").status_code == 200
    assert len(pages) == 3


def test_a_page_is_rendered_anew_when_the_directory_changed(rendered):
    region, pages = rendered
    region.see(region.coach, "/timeline")
    region.person("Femke", "Bos")
    region.projector.catch_up()
    region.see(region.coach, "/timeline")
    assert len(pages) == 2
