"""After a closing: who may note the return is asked to, and who does not see it hears nothing."""

from __future__ import annotations

from uuid import uuid4


def told(region, who, command, **body):
    answer = region.say(who, command, **body)
    assert answer.status_code == 422, answer.text
    return answer.json()["detail"]


def test_a_closing_is_told_to_who_sees_how_it_stands_and_to_nobody_else(own_region):
    region = own_region
    region.said(region.coach, region.trajectory, "close-trajectory", reason="client_wish")
    assert "noteer dat eerst" in told(region, region.client, "leave-in-peace", until="2026-03-12")
    assert "Noteer eerst dat" in told(region, region.coach, "log-contact", mode="phone")
    assert "noteert de cliënt of de jobcoach dat" in told(
        region, region.carer, "log-contact", mode="phone"
    )


def test_somebody_close_hears_of_it_when_the_client_permits(own_region):
    region = own_region
    permission = {"recipient": region.friend.person, "recipient_kind": "person"}
    permission |= {"purpose": "close_by", "categories": ["B"], "legal_basis": "consent"}
    permission |= {"permission": str(uuid4())}
    region.said(region.client, region.trajectory, "grant-permission", **permission)
    region.said(region.coach, region.trajectory, "close-trajectory", reason="client_wish")
    lead = {"place": "Haren"}
    assert "afgerond" in told(region, region.friend, "offer-lead", **lead)
    withdrawn = {"permission": permission["permission"]}
    region.said(region.client, region.trajectory, "withdraw-permission", **withdrawn)
    sentence = told(region, region.friend, "offer-lead", **lead)
    assert not {"traject", "afgerond"} & set(sentence.lower().split())
    assert "Vertel het aan de persoon om wie het gaat" in sentence
