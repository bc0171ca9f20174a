"""Which read models there are."""

from __future__ import annotations

from projections.audit_trail import AuditTrailModel
from projections.caseload import CaseloadModel
from projections.current_state import CurrentStateModel
from projections.directory import DirectoryModel
from projections.model import ReadModel
from projections.outcomes import OutcomesModel
from projections.support import SupportModel
from projections.timeline import TimelineModel

MODELS: tuple[ReadModel, ...] = (
    TimelineModel(),
    AuditTrailModel(),
    CurrentStateModel(),
    SupportModel(),
    CaseloadModel(),
    DirectoryModel(),
    OutcomesModel(),
)
NAMES = tuple(model.NAME for model in MODELS)
BY_NAME = {model.NAME: model for model in MODELS}
