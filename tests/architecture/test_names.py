"""domain, eventlog, projections and api are common names: make sure they are ours."""

from __future__ import annotations

import importlib
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT


@pytest.mark.parametrize("name", PACKAGES)
def test_the_package_is_the_one_in_this_repository(name):
    package = importlib.import_module(name)
    assert Path(package.__file__).parent.parent == ROOT


@pytest.mark.parametrize("name", PACKAGES)
def test_no_other_distribution_brings_that_name(name):
    assert set(packages_distributions().get(name, [])) <= {"samenspoor"}


def test_an_index_would_refuse_the_upload():
    classifiers = distribution("samenspoor").metadata.get_all("Classifier")
    assert "Private :: Do Not Upload" in classifiers
