"""Whoever writes hears of their own words before saving, and nobody else ever does."""

from __future__ import annotations

import psycopg


def ask(region, who, text, language="nl"):
    headers = region.headers(who, language)
    return region.http.post("/api/v1/smells", json={"text": text}, headers=headers)


def looked(region):
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        return connection.execute("SELECT count(*) FROM log.access").fetchone()


def test_the_writer_alone_hears_of_it_and_nothing_is_kept(region, lines):
    before = region.count(), looked(region)
    answer = ask(region, region.coach, "heeft niet meegewerkt")
    assert answer.status_code == 200
    (said,) = answer.json()["smells"]
    assert "Wat wilde de cliënt zelf" in said
    assert answer.headers["cache-control"] == "no-store"
    assert "the client want" in ask(region, region.coach, "niet meegewerkt", "en").text
    assert ask(region, region.coach, "gewoon gebeld").json() == {"smells": []}
    assert (region.count(), looked(region)) == before
    assert "meegewerkt" not in str(lines())


def test_one_signs_in_first_and_sends_words(region):
    assert ask(region, None, "niet meegewerkt").status_code == 401
    assert ask(region, region.coach, "").status_code == 422
    assert ask(region, region.coach, "x" * 10_001).status_code == 422
