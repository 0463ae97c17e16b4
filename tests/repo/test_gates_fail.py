"""Each gate is shown a repository with one fault, and must find exactly that one."""

import pytest
from gates import (
    GATES,
    code,
    docs,
    files,
    graph,
    manifests,
    readme,
    security,
    sizes,
    translations,
)

MANIFEST = {
    "name": "Example",
    "summary": "An addon without a fault",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["mail"],
    "data": ["security/ir.model.access.csv", "views/example_views.xml"],
}
MODEL = """from odoo import fields, models


class GestorExample(models.Model):
    _name = "gestor.example"
    _description = "Example"

    name = fields.Char(string="Title", help="Shown first")

    def _example_all(self):
        # sudo: counts what the user may not read
        return self.sudo().search_count([(1, "=", 1)])
"""
VIEWS = """<odoo>
    <record id="gestor_example_rule_own" model="ir.rule">
        <field name="groups" eval="[Command.link(ref('gestor_group_own'))]"/>
        <field name="domain_force">[('user_id', '=', user.id)]</field>
    </record>
    <record id="gestor_example_view_form" model="ir.ui.view">
        <field name="arch" type="xml">
            <form string="Example form"><field name="name"/></form>
        </field>
    </record>
</odoo>
"""
ACCESS = "id,name,model_id:id,group_id:id\na,a,model_gestor_example,base.group_user\n"
TERMS = ["Example", "Title", "Shown first", "Example form", "Hello %(name)s"]
RUFF = '[lint]\nselect = ["C90"]\n[lint.mccabe]\nmax-complexity = 10\n'


def catalogue(terms):
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return head + "".join(
        f'\nmsgid "{term}"\nmsgstr "{text}"\n' for term, text in terms.items()
    )


def matrix(rows):
    return "".join(f"| {name} | Title | {rest} |\n" for name, rest in rows.items())


def feature_rows():
    return {
        f"{group}{number}": "planned | | "
        for group, count in docs.GROUPS.items()
        for number in range(1, count + 1)
    }


class Repository:
    """A small checkout without a fault, and the means to spoil it."""

    def __init__(self, root):
        self.root = root
        self.write("LICENSE", "GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3\n")
        self.write("README.md", "Run `make test`, see [the rest](docs/more.md#a-part).")
        self.write("docs/more.md", "# More\n\n## A part\n")
        self.write(docs.HOOKS, "`gestor.example._example_all()`, `gestor.example`")
        self.write("docs/feature-matrix.md", matrix(feature_rows()))
        self.write("ruff.toml", RUFF)
        self.write("requirements.txt", "weasyprint==1\n")
        self.write(".ci/run", "#!/bin/sh\nmake test\n")
        (root / ".ci/run").chmod(0o755)
        self.addon("gestor_base")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def addon(self, name, **values):
        self.write(f"{name}/__manifest__.py", repr(MANIFEST | values))
        self.write(f"{name}/models/example.py", MODEL)
        self.write(f"{name}/views/example_views.xml", VIEWS)
        self.write(f"{name}/security/ir.model.access.csv", ACCESS)
        self.write(f"{name}/i18n/{name}.pot", catalogue(dict.fromkeys(TERMS, "")))
        self.write(f"{name}/i18n/pl.po", catalogue({term: term for term in TERMS}))
        for fragment in readme.generator.REQUIRED:
            self.write(f"{name}/readme/{fragment}.md", "Text.\n")
        path = self.root / name
        self.write(f"{name}/README.rst", readme.generator.render(path))

    def manifest(self, **values):
        self.write("gestor_base/__manifest__.py", repr(MANIFEST | values))

    def replace(self, name, old, new):
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def model(self, lines):
        """Add a method with some lines to the model."""
        body = "".join(f"        {line}\n" for line in lines.splitlines())
        self.replace(
            "gestor_base/models/example.py",
            "    def _example_all",
            f"    def _added(self):\n{body}\n    def _example_all",
        )


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path)


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.__name__)
def test_faultless_repository_passes(repository, gate):
    assert gate(repository.root) == []


MODEL_FILE = "gestor_base/models/example.py"
VIEW_FILE = "gestor_base/views/example_views.xml"
PO_FILE = "gestor_base/i18n/pl.po"
LONG = "x = 1\n" * 60
MARK = "<" * 7

# Gate, what to spoil, a word of the problem that must be reported.
FAULTS = [
    (
        graph.check_edges,
        lambda r: r.manifest(depends=["gestor_partners"]),
        "may not depend",
    ),
    (graph.check_edges, lambda r: r.addon("gestor_other"), "not in the architecture"),
    (
        graph.check_circles,
        lambda r: (
            r.manifest(depends=["gestor_partners"]),
            r.addon("gestor_partners", depends=["gestor_base"]),
        ),
        "depends on itself",
    ),
    (
        graph.check_imports,
        lambda r: r.model("from odoo.addons.gestor_pl.lib import epp"),
        "imports gestor_pl",
    ),
    (graph.check_glue, lambda r: r.addon("gestor_service_offers"), "auto_install"),
    (sizes.check_python, lambda r: r.model(LONG), "_added has 61 lines"),
    (sizes.check_python, lambda r: r.write("tools/x.py", "#\n" * 501), "501 lines"),
    (
        sizes.check_python,
        lambda r: r.write("tools/x.py", "class A:\n" + "    a = 1\n" * 451),
        "A has 452 lines",
    ),
    (
        sizes.check_fields,
        lambda r: r.replace(
            MODEL_FILE, "    name =", "    a = fields.Char()\n" * 50 + "    name ="
        ),
        "51 fields",
    ),
    (
        sizes.check_views_and_scripts,
        lambda r: r.write(VIEW_FILE, "<odoo>" + "\n" * 451 + "</odoo>"),
        "451 lines",
    ),
    (
        sizes.check_addons,
        lambda r: r.write("gestor_base/x.py", "a = 1\n" * 4001),
        "lines of code",
    ),
    (
        sizes.check_complexity,
        lambda r: r.replace("ruff.toml", "= 10", "= 16"),
        "max-complexity",
    ),
    (
        sizes.check_complexity,
        lambda r: r.model("pass  # " + "noqa: C901"),
        "silenced",
    ),
    (
        code.check_one_class_per_model,
        lambda r: r.write("gestor_base/models/second.py", MODEL),
        "second class",
    ),
    (
        code.check_forbidden_python,
        lambda r: r.model("try:\n    pass\nexcept:\n    pass"),
        "bare except",
    ),
    (code.check_forbidden_python, lambda r: r.model("assert self"), "assert"),
    (code.check_forbidden_python, lambda r: r.model("print(1)"), "print"),
    (code.check_forbidden_python, lambda r: r.model("self.read_group()"), "_group"),
    (code.check_forbidden_python, lambda r: r.model("self.name_get()"), "name_get"),
    (
        code.check_forbidden_python,
        lambda r: r.model("_sql_constraints = []"),
        "Constraint",
    ),
    (code.check_forbidden_python, lambda r: r.model("x = [(4, self.id)]"), "tuple"),
    (code.check_forbidden_python, lambda r: r.model("x = [(0, 0, {})]"), "tuple"),
    (
        code.check_forbidden_xml,
        lambda r: r.replace(VIEW_FILE, "<form ", '<form position="replace" '),
        "position replace",
    ),
    (
        code.check_forbidden_xml,
        lambda r: r.replace(VIEW_FILE, "<form ", """<form eval="[(4, ref('a'))]" """),
        "tuple",
    ),
    (code.check_sudo_comments, lambda r: r.model("x = 1\nself.sudo()"), "sudo"),
    (
        security.check_access_rows,
        lambda r: r.replace(MODEL_FILE, "gestor.example", "gestor.sample"),
        "gestor.sample",
    ),
    (
        security.check_noupdate,
        lambda r: r.write(
            VIEW_FILE,
            '<odoo noupdate="1"><record id="a" model="res.groups"/></odoo>',
        ),
        "noupdate",
    ),
    (
        security.check_own_rules,
        lambda r: r.replace(VIEW_FILE, "'=', user.id", "'in', company_ids"),
        "user.id",
    ),
    (manifests.check_keys, lambda r: r.manifest(description="x"), "unknown key"),
    (manifests.check_keys, lambda r: r.manifest(demo=[]), "empty"),
    (
        manifests.check_keys,
        lambda r: r.write(
            "gestor_base/__manifest__.py", repr(dict(reversed(MANIFEST.items())))
        ),
        "order",
    ),
    (manifests.check_values, lambda r: r.manifest(version="18.0.1.0.0"), "version"),
    (manifests.check_values, lambda r: r.manifest(author="Else"), "author"),
    (manifests.check_values, lambda r: r.manifest(summary="Example"), "repeats"),
    (manifests.check_listed_files, lambda r: r.manifest(data=[]), "not in data"),
    (
        manifests.check_listed_files,
        lambda r: r.manifest(demo=["demo/x.xml"]),
        "does not exist",
    ),
    (
        manifests.check_requirements,
        lambda r: r.manifest(external_dependencies={"python": ["other"]}),
        "not pinned",
    ),
    (
        translations.check_catalogues,
        lambda r: r.replace(PO_FILE, 'msgstr "Title"', 'msgstr ""'),
        "not translated",
    ),
    (
        translations.check_catalogues,
        lambda r: r.replace(PO_FILE, 'msgid "Title"', '#, fuzzy\nmsgid "Title"'),
        "fuzzy",
    ),
    (
        translations.check_catalogues,
        lambda r: r.replace(PO_FILE, 'msgid "Title"', 'msgid "Other"'),
        "lacks 'Title'",
    ),
    (
        translations.check_catalogues,
        lambda r: r.replace(
            PO_FILE, '\nmsgid "Title"', '\n#~ msgid "A"\n#~ msgstr "B"\n\nmsgid "Title"'
        ),
        "obsolete",
    ),
    (
        translations.check_placeholders,
        lambda r: r.replace(PO_FILE, 'msgstr "Hello %(name)s"', 'msgstr "Cześć"'),
        "placeholders",
    ),
    (
        translations.check_template_fresh,
        lambda r: r.model('raise ValueError(self.env._("No such thing"))'),
        "No such thing",
    ),
    (
        translations.check_template_fresh,
        lambda r: r.replace(VIEW_FILE, "Example form", "Another form"),
        "Another form",
    ),
    (
        readme.check_fragments,
        lambda r: (r.root / "gestor_base/readme/USAGE.md").unlink(),
        "USAGE.md is missing",
    ),
    (
        readme.check_fresh,
        lambda r: r.write("gestor_base/readme/USAGE.md", "Else.\n"),
        "stale",
    ),
    (
        files.check_hosts,
        lambda r: r.write("a.txt", "https://" + "pypi" + ".org/simple"),
        "registry",
    ),
    (
        files.check_hosts,
        lambda r: r.write("a.txt", "http://deb" + ".debian" + ".org/debian"),
        "registry",
    ),
    (
        files.check_machine_paths,
        lambda r: r.write("a.txt", "see /ho" + "me/somebody/gestor"),
        "one machine",
    ),
    (
        files.check_conflict_marks,
        lambda r: r.write("a.txt", f"a\n{MARK} HEAD\n"),
        "conflict",
    ),
    (files.check_size, lambda r: r.write("a.txt", "a" * 1_000_001), "bytes"),
    (files.check_licences, lambda r: r.manifest(license="LGPL-3"), "AGPL-3"),
    (files.check_licences, lambda r: r.write("LICENSE", "MIT"), "Affero"),
    (files.check_root, lambda r: r.write("__init__.py", ""), "root"),
    (files.check_ci, lambda r: (r.root / ".ci/run").chmod(0o644), "executable"),
    (files.check_ci, lambda r: r.write("README.md", "Nothing."), "make test"),
    (docs.check_links, lambda r: r.write("a.md", "[a](docs/none.md)"), "dead link"),
    (docs.check_links, lambda r: r.write("a.md", "[a](docs/more.md#b)"), "dead link"),
    (
        docs.check_manual_labels,
        lambda r: r.write("docs/pl/a.md", "Otwórz **Gestor > Title > Nowe**."),
        "no screen says 'Nowe'",
    ),
    (
        docs.check_extension_points,
        lambda r: r.replace(docs.HOOKS, "_example_all", "_gone"),
        "defines _gone()",
    ),
    (
        docs.check_extension_points,
        lambda r: r.replace(docs.HOOKS, "`gestor.example`", "`gestor.other.line`"),
        "the model gestor.other.line",
    ),
    (
        docs.check_feature_matrix,
        lambda r: r.replace(docs.MATRIX, "| P1 |", "| P2 |"),
        "P1 is missing",
    ),
    (
        docs.check_feature_matrix,
        lambda r: r.replace(
            docs.MATRIX, "| P1 | Title | planned |", "| P1 | Title | done |"
        ),
        "without a proof",
    ),
]


@pytest.mark.parametrize(
    ("gate", "spoil", "word"),
    FAULTS,
    ids=[f"{gate.__name__}-{number}" for number, (gate, *_rest) in enumerate(FAULTS)],
)
def test_gate_finds_fault(repository, gate, spoil, word):
    spoil(repository)
    problems = gate(repository.root)
    assert any(word in problem for problem in problems), problems


def test_every_gate_has_a_fault():
    assert {gate for gate, *_rest in FAULTS} == set(GATES)
