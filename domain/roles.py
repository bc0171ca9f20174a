"""The roles in which people act; the columns of the visibility matrix (reference 7.5 and 0.1)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from domain.language import Choice, Text


class Role(Choice):
    """In what role somebody reads or records."""

    CLIENT = "client", "cliënt", "client", Text("jij", "you")
    NETWORK_MEMBER = "network_member", "naaste", "network member"
    JOB_COACH = "job_coach", "jobcoach", "job coach"
    CARE_WORKER = "care_worker", "behandelaar", "care worker"
    EMPLOYER = "employer", "werkgever", "employer"
    JOB_BROKER = "job_broker", "werkmakelaar", "job broker"
    CLIENT_MANAGER = "client_manager", "klantmanager", "client manager"
    EK_COORDINATOR = "ek_coordinator", "Eigen Kracht-coördinator", "Eigen Kracht coordinator"
    PEER = "peer", "groepsgenoot", "peer"
    AUDITOR = "auditor", "auditor", "auditor"
    SYSADMIN = "sysadmin", "systeembeheerder", "system administrator"
    TEAM_LEAD = "team_lead", "teamleider", "team lead"
    PRIVACY_OFFICER = "privacy_officer", "privacyfunctionaris", "privacy officer"
    PEER_WORKER = "peer_worker", "ervaringsdeskundige", "peer worker"
    LEGAL_REPRESENTATIVE = (
        "legal_representative",
        "wettelijk vertegenwoordiger",
        "legal representative",
    )
    BENEFITS_ADVISER = "benefits_adviser", "inkomensadviseur", "benefits adviser"
    LABOUR_EXPERT = "labour_expert", "arbeidsdeskundige", "labour expert"


ROLE_OF: Mapping[str, Role] = MappingProxyType({each.value: each for each in Role})
"""By what is stored of it."""
