"""The one place that reads for somebody: asks the policy, filters, opens, words and names."""

from __future__ import annotations
