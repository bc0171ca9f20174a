"""For what, and on which ground in law, somebody may see something of a file (reference 7.1).

What the client agreed to says both itself; what the client sends rests on that own act, or on the
yes that a coach noted, whoever reads it. Of the rest they follow from what somebody is to the
client and from what sort of organisation they come from. Permission comes on top of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from domain.events.base import GrantKind
from domain.events.people import OrganisationKind
from domain.events.permissions import LegalBasis, Purpose
from domain.language import Text
from domain.roles import Role


class Why(NamedTuple):
    """For what and on which ground something is shared, in words."""

    purpose: Text
    basis: Text


_WORK = Text("werk vinden en houden", "finding and keeping work")
_PURPOSES: Mapping[Role, Text] = MappingProxyType(
    {
        Role.JOB_COACH: _WORK,
        Role.CARE_WORKER: Purpose.CARE.label,
        Role.JOB_BROKER: Purpose.FIND_WORK.label,
        Role.CLIENT_MANAGER: Purpose.INCOME.label,
        Role.BENEFITS_ADVISER: Purpose.INCOME.label,
        Role.LABOUR_EXPERT: Text(
            "regelen wat werk mogelijk maakt", "arranging what makes work fit"
        ),
        Role.EK_COORDINATOR: Text("je Eigen Kracht-plan", "your own Eigen Kracht plan"),
        Role.PEER_WORKER: Text(
            "steun van iemand met eigen ervaring", "support from somebody with own experience"
        ),
        Role.NETWORK_MEMBER: Purpose.CLOSE_BY.label,
        Role.LEGAL_REPRESENTATIVE: Text("jou vertegenwoordigen", "representing you"),
        Role.EMPLOYER: Purpose.KEEP_WORK.label,
        Role.TEAM_LEAD: Text("het werk van het team begeleiden", "guiding the work of the team"),
        Role.PRIVACY_OFFICER: Text("bewaken wie wat leest", "guarding who reads what"),
        Role.AUDITOR: Purpose.AUDIT.label,
    }
)

_TO_KNOW = Text("wat je zelf wilt laten weten", "what you yourself want them to know")
_SAID_OF: Mapping[Text, Text] = MappingProxyType(
    {
        _TO_KNOW: Text("wat de cliënt wil laten weten", "what the client wants them to know"),
        _PURPOSES[Role.EK_COORDINATOR]: Text(
            "het eigen Eigen Kracht-plan", "the client's own Eigen Kracht plan"
        ),
        _PURPOSES[Role.LEGAL_REPRESENTATIVE]: Text(
            "de cliënt vertegenwoordigen", "representing the client"
        ),
    }
)
"""What is said to the client as 'you', as it is said to others."""
_BY_CONSENT = frozenset(
    {GrantKind.NETWORK, GrantKind.PERMISSION, GrantKind.DISCLOSURE, GrantKind.SENT}
)
_BY_ROLE: Mapping[Role, LegalBasis] = MappingProxyType(
    {
        Role.EMPLOYER: LegalBasis.CONTRACT,
        Role.PRIVACY_OFFICER: LegalBasis.LEGAL_DUTY,
        Role.AUDITOR: LegalBasis.LEGAL_DUTY,  # who keeps a file answers for its quality (P)
        Role.LEGAL_REPRESENTATIVE: LegalBasis.LEGAL_DUTY,
    }
)
"""Whatever organisation they come from: the contract of the job, what the law asks."""
_BY_ORGANISATION: Mapping[OrganisationKind, LegalBasis] = MappingProxyType(
    {
        OrganisationKind.CARE: LegalBasis.TREATMENT,
        OrganisationKind.MUNICIPALITY: LegalBasis.PUBLIC_TASK,
        OrganisationKind.UWV: LegalBasis.PUBLIC_TASK,
        OrganisationKind.SOCIAL_FIRM: LegalBasis.PUBLIC_TASK,  # what they do for who pays (P)
        OrganisationKind.REINTEGRATION: LegalBasis.PUBLIC_TASK,
        OrganisationKind.OTHER: LegalBasis.CONSENT,
    }
)
_UNKNOWN: Mapping[Role, LegalBasis] = MappingProxyType(
    {
        Role.CARE_WORKER: LegalBasis.TREATMENT,
        Role.EK_COORDINATOR: LegalBasis.CONSENT,  # the client asked them
        Role.PEER_WORKER: LegalBasis.CONSENT,
    }
)
"""Of somebody of whom no organisation is known; work and income are a public task."""


def why(
    kind: GrantKind, role: Role | None, at: OrganisationKind | None, *, to_client: bool = True
) -> Why:
    """Say for what and on which ground a sharing stands; who has no role here is an employer.

    `to_client`: it is said to the client, and not about them.
    """
    role = role or Role.EMPLOYER
    purpose = _TO_KNOW if kind is GrantKind.SENT else _PURPOSES.get(role, _WORK)
    return Why(
        purpose if to_client else _SAID_OF.get(purpose, purpose), _basis(kind, role, at).label
    )


def _basis(kind: GrantKind, role: Role, at: OrganisationKind | None) -> LegalBasis:
    if kind in _BY_CONSENT:
        return LegalBasis.CONSENT
    if role in _BY_ROLE:
        return _BY_ROLE[role]
    if at is None:
        return _UNKNOWN.get(role, LegalBasis.PUBLIC_TASK)
    return _BY_ORGANISATION[at]
