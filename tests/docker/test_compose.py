"""The compose file starts the parts in order, with as few rights as they can do with."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "docker"
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
OURS = {
    "migrate": "samenspoor_owner",
    "api": "samenspoor_service",
    "projector": "samenspoor_projector",
}


def test_the_four_parts_are_there():
    assert set(SERVICES) == {"postgres", *OURS}


@pytest.mark.parametrize("name", SERVICES)
def test_a_part_has_as_few_rights_as_it_can_do_with(name):
    service = SERVICES[name]
    assert service["init"] is True
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["user"].split(":")[0]) > 0
    assert not {"privileged", "cap_add", "pid", "ipc", "network_mode"} & set(service)


@pytest.mark.parametrize("name", SERVICES)
def test_a_part_says_how_to_see_that_it_lives(name):
    check = SERVICES[name]["healthcheck"]
    # The migrations end by themselves: there is nothing to look at.
    assert check == {"disable": True} if name == "migrate" else check["test"][0] == "CMD"


def test_the_parts_start_in_order():
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in ("api", "projector"):
        conditions = SERVICES[name]["depends_on"]
        assert conditions["migrate"] == {"condition": "service_completed_successfully"}
        assert conditions["postgres"] == {"condition": "service_healthy"}


@pytest.mark.parametrize(("name", "role"), OURS.items())
def test_a_part_has_its_own_role(name, role):
    environment = SERVICES[name]["environment"]
    assert environment["DATABASE_URL"] == f"postgresql://{role}@postgres/samenspoor"
    secret = f"{role.removeprefix('samenspoor_')}_password"
    assert environment["DATABASE_PASSWORD_FILE"] == f"/run/secrets/{secret}"
    assert sorted(SERVICES[name]["secrets"]) == sorted([secret, "master_key"])


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_as_files(name):
    service = SERVICES[name]
    paths = [v for k, v in service["environment"].items() if "PASSWORD" in k or "KEY" in k]
    assert paths
    assert {Path(path).parent.as_posix() for path in paths} == {"/run/secrets"}
    assert {Path(path).name for path in paths} <= set(service["secrets"]) <= set(COMPOSE["secrets"])


def test_the_database_cannot_be_reached_from_outside():
    assert COMPOSE["networks"]["database"] == {"internal": True}
    assert SERVICES["postgres"]["networks"] == ["database"]
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"api"}
    assert [port for port in SERVICES["api"]["ports"] if not port.startswith("127.0.0.1:")] == []


def test_the_api_alone_can_write_and_only_who_looked_in_an_emergency():
    assert SERVICES["api"]["volumes"] == ["aside:/var/lib/samenspoor"]
    assert SERVICES["api"]["environment"]["SAMENSPOOR_DATA"] == "/var/lib/samenspoor"
    assert {name for name in OURS if "volumes" in SERVICES[name]} == {"api"}
    assert set(COMPOSE["volumes"]) == {"data", "aside"}


def test_the_roles_are_made_at_the_first_start():
    volumes = SERVICES["postgres"]["volumes"]
    assert "./roles.sql:/docker-entrypoint-initdb.d/10-roles.sql:ro" in volumes
    assert (FOLDER / "roles.sql").exists()
