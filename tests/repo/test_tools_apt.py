"""Finding the machine's Debian archive and choosing versions."""

import apt
import host
import pytest
from console import GestorError

ONE_LINE = """
# a comment
deb cdrom:[Debian 12]/ bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian/ bookworm main contrib
deb-src http://mirror.example/debian bookworm main
deb http://security.example/debian-security bookworm-security main
deb http://mirror.example/debian bookworm-updates main  # later
deb http://third.example/apt stable extra
"""
DEB822 = """
Types: deb deb-src
# Types: nothing
URIs: http://a.example/debian
  http://b.example/debian/
Suites: trixie trixie-updates
Components: main

Types: deb
URIs: http://off.example/debian
Suites: trixie
Components: main
Enabled: no

Types: deb-src
URIs: http://source.example/debian
Suites: trixie
Components: main
"""
MADISON = """
   odoo-19 | 19.0.0+dfsg-1 | http://mirror.example/debian sid/main amd64 Packages
   odoo-19 | 19.0.0+dfsg-1 | http://mirror.example/debian sid/main Sources
fonts-font-awesome | 6.1 | http://mirror.example/debian sid/main amd64 Packages
fonts-font-awesome | 5.0.10+really4.7.0~dfsg-4 | http://m.example trixie/main Packages
"""


@pytest.fixture
def etc(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


def test_one_line_format_gives_uri_suite_and_components():
    found = apt.parse_list(ONE_LINE)
    expected = ("http://mirror.example/debian", "bookworm", ["main", "contrib"])
    assert expected in found
    assert all("source" not in uri for uri, _suite, _components in found)


def test_deb822_gives_each_uri_and_suite_of_enabled_binary_stanzas():
    assert apt.parse_deb822(DEB822) == [
        ("http://a.example/debian", "trixie", ["main"]),
        ("http://a.example/debian", "trixie-updates", ["main"]),
        ("http://b.example/debian", "trixie", ["main"]),
        ("http://b.example/debian", "trixie-updates", ["main"]),
    ]


def test_sites_leave_out_security_cd_and_third_parties(etc):
    (etc / "sources.list").write_text(ONE_LINE)
    assert apt.sites_from_files(etc) == ["http://mirror.example/debian"]


def test_sites_of_both_formats_are_listed_once(etc):
    (etc / "sources.list").write_text("deb http://a.example/debian trixie main\n")
    (etc / "sources.list.d" / "debian.sources").write_text(DEB822)
    sites = apt.sites_from_files(etc)
    assert sites == ["http://a.example/debian", "http://b.example/debian"]


def test_sites_of_a_machine_without_sources_are_none(etc):
    assert apt.sites_from_files(etc) == []


def test_variable_overrides_the_archive(monkeypatch):
    monkeypatch.setenv("DEBIAN_MIRROR", "http://own.example/debian/")
    assert apt.sites() == ["http://own.example/debian"]


def test_madison_lists_binary_versions_newest_first():
    found = apt.parse_madison(MADISON)
    assert found["odoo-19"] == ["19.0.0+dfsg-1"]
    assert found["fonts-font-awesome"] == ["6.1", "5.0.10+really4.7.0~dfsg-4"]


def test_icon_font_of_the_fitting_version_is_chosen():
    wanted = host.choose(apt.parse_madison(MADISON))
    assert wanted[0] == "odoo-19=19.0.0+dfsg-1"
    assert "fonts-font-awesome=5.0.10+really4.7.0~dfsg-4" in wanted


def test_unknown_release_of_the_series_is_a_note_not_an_error(capsys):
    assert host.choose({"odoo-19": ["19.0.20270101"]}) == ["odoo-19=19.0.20270101"]
    assert "newer" in capsys.readouterr().out


def test_other_series_is_not_chosen():
    assert host.choose({"odoo-19": ["19.1.0"]}) == []


def test_damaged_download_is_named_with_what_to_do(tmp_path):
    (tmp_path / "odoo-19_19.0_all.deb").write_bytes(b"not a package")
    with pytest.raises(GestorError, match="Run again"):
        apt.find_deb(tmp_path, "odoo-19", "19.0")


@pytest.mark.parametrize("own", [True, False])
def test_damaged_package_is_forgotten_unless_it_is_the_users(
    tmp_path, monkeypatch, own
):
    monkeypatch.setenv("GESTOR_CACHE", str(tmp_path / ("cache" if own else "else")))
    deb = tmp_path / "cache" / "odoo.deb"
    deb.parent.mkdir()
    deb.write_bytes(b"!<arch>\n broken")
    with pytest.raises(GestorError, match="damaged"):
        apt.unpack(deb, tmp_path)
    assert deb.exists() is not own


def test_kept_translations_escape_the_patterns():
    from fnmatch import fnmatch

    def left_out(name):
        return any(fnmatch(f"x/i18n/{name}", p) for p in host.untranslated())

    assert not any(map(left_out, ("pl.po", "de.po", "uk.po", "cs.po", "web.pot")))
    assert all(map(left_out, ("fr.po", "pt_BR.po", "da.po", "ca.po", "es_419.po")))
