"""Settings come from the environment, and a wrong one is told in a sentence without secrets."""

from __future__ import annotations

import base64

import pytest

from api.settings import Settings, SettingsProblem

KEY = base64.b64encode(bytes(range(32))).decode()


def test_without_anything_it_is_the_embedded_database_and_no_demo(tmp_path):
    found = Settings.from_environment({}, data=tmp_path)
    assert (found.database_url, found.folder, found.demo) == (None, tmp_path, False)


def test_a_key_is_made_when_asked_for_and_never_by_reading_it(tmp_path):
    found = Settings.from_environment({}, data=tmp_path)
    with pytest.raises(SettingsProblem, match=f"put the file master-key back in {tmp_path}"):
        found.key()
    assert not list(tmp_path.iterdir())
    found.make_key()
    assert (tmp_path / "master-key").stat().st_mode & 0o777 == 0o600
    key = found.key()
    found.make_key()
    assert found.key().derive("x") == key.derive("x")


def test_everything_can_be_chosen(tmp_path):
    path = tmp_path / "key"
    path.write_text(KEY)
    found = Settings.from_environment(
        {
            "DATABASE_URL": "postgresql://a:geheim@b/c",
            "SAMENSPOOR_MASTER_KEY_FILE": str(path),
            "SAMENSPOOR_DEMO": "yes",
            "SAMENSPOOR_CLIENT_WORD": "inwoner",
            "SAMENSPOOR_BODY_LIMIT": "1024",
            "SAMENSPOOR_GP_POST": "088 123 45 67",
            "SAMENSPOOR_EMERGENCY": "110",
            "SAMENSPOOR_CRISIS_LINE": "0900",
        }
    )
    assert (found.gp_post, found.emergency, found.crisis_line) == ("088 123 45 67", "110", "0900")
    usual = Settings.from_environment({})
    assert (usual.gp_post, usual.emergency, usual.crisis_line) == (None, "112", "0800-0113")
    assert (found.demo, found.client_word, found.body_limit) == (True, "inwoner", 1024)
    assert "geheim" not in repr(found)
    assert Settings.from_environment({"DATABASE_URL": "host=x", "SAMENSPOOR_MASTER_KEY": KEY}).key()


@pytest.mark.parametrize(
    "environ",
    [
        {"DATABASE_URL": "postgresql://a:geheim@b/c"},
        {"DATABASE_URL": "geheim", "SAMENSPOOR_MASTER_KEY": KEY},
        {"DATABASE_URL": "postgresql://[geheim", "SAMENSPOOR_MASTER_KEY": KEY},
        {"DATABASE_URL": "postgresql://\udcff:geheim@b/c", "SAMENSPOOR_MASTER_KEY": KEY},
        {"SAMENSPOOR_MASTER_KEY": "geheim"},
        {"SAMENSPOOR_MASTER_KEY": "é"},
        {"SAMENSPOOR_MASTER_KEY_FILE": "/nergens/geheim"},
        {"SAMENSPOOR_DEMO": "misschien"},
        {"SAMENSPOOR_CLIENT_WORD": "patiënt"},
        {"SAMENSPOOR_BODY_LIMIT": "0"},
        {"SAMENSPOOR_REVIEW_DAYS": "61"},
        {"SAMENSPOOR_POOL": "veel"},
        {"SAMENSPOOR_STREAMS": "0"},
        {"SAMENSPOOR_STREAMS_EACH": "alle"},
        {"SAMENSPOOR_POOL": "٣"},
    ],
)
def test_a_wrong_setting_is_told_without_quoting_it(environ):
    with pytest.raises(SettingsProblem) as told:
        Settings.from_environment(environ)
    assert told.value.text.nl.endswith(".")
    assert "geheim" not in told.value.text.nl + told.value.text.en
