from pathlib import Path

from config.secret_key import own_secret_key


def test_a_copy_makes_its_own_key_once_and_keeps_it(tmp_path: Path) -> None:
    key = own_secret_key(tmp_path / "var")
    assert len(key) > 50
    assert own_secret_key(tmp_path / "var") == key


def test_only_its_owner_can_read_it_and_nothing_else_is_left(tmp_path: Path) -> None:
    own_secret_key(tmp_path)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_two_copies_have_different_keys(tmp_path: Path) -> None:
    assert own_secret_key(tmp_path / "a") != own_secret_key(tmp_path / "b")
