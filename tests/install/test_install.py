"""The addons arrive alone and together, are updated, and leave nothing behind."""

import addons as repository
import pytest
import testlog

ADDONS = repository.find()

# The host refuses to remove an addon while anything reads the table of modules, the
# database's own upkeep included; waiting for the lock makes that give way.
UNINSTALL = """
import json
env.cr.execute("LOCK ir_module_module IN EXCLUSIVE MODE")
module = env["ir.module.module"].search([("name", "=", %r)])
module.button_immediate_uninstall()
left = env["ir.module.module"].search(
    [("name", "=like", "gestor%%"), ("state", "!=", "uninstalled")]
)
print(json.dumps(left.mapped("name")))
"""
# What an addon must take along when it goes.
LEFTOVERS = """
SELECT 'table ' || table_name FROM information_schema.tables
 WHERE table_schema = 'public' AND table_name LIKE 'gestor\\_%'
UNION ALL SELECT 'column ' || table_name || '.' || column_name
  FROM information_schema.columns
 WHERE table_schema = 'public' AND column_name LIKE 'gestor\\_%'
UNION ALL SELECT 'model ' || model FROM ir_model WHERE model LIKE 'gestor.%'
UNION ALL SELECT 'record ' || module || '.' || name FROM ir_model_data
 WHERE module LIKE 'gestor%'
"""
# What an update without changes must leave as it is.
FINGERPRINT = """
SELECT 'column', table_name, column_name || data_type || is_nullable
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes
 WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
UNION ALL SELECT 'data', module || '.' || name, model || res_id FROM ir_model_data
UNION ALL SELECT 'view', id::text, md5(arch_db::text) FROM ir_ui_view
UNION ALL SELECT 'rule', id::text, domain_force || active FROM ir_rule
UNION ALL SELECT 'access', id::text,
       concat(group_id, perm_read, perm_write, perm_create, perm_unlink)
  FROM ir_model_access
UNION ALL SELECT 'menu', id::text, concat(parent_id, name, sequence) FROM ir_ui_menu
UNION ALL SELECT 'mail', id::text, md5(concat(subject, body_html))
  FROM mail_template
UNION ALL SELECT 'cron', id::text, concat(active, interval_number, interval_type)
  FROM ir_cron
UNION ALL SELECT 'sequence', id::text, concat(code, prefix, number_next)
  FROM ir_sequence
ORDER BY 1, 2, 3
"""


def assert_clean(log):
    """Check that an installation logged no warning and no error of ours."""
    found = testlog.problems(log)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("addon", ADDONS)
def test_addon_alone_installs_and_uninstalls(testbed, addon):
    name = testbed.create("gestor_alone", [addon])
    assert_clean(testbed.databases.logged)
    testbed.workspace.shell(name, UNINSTALL % addon)
    kept = repository.closure(addon, ADDONS) - {addon}
    rows = testbed.workspace.pg.sql(LEFTOVERS, name).splitlines()
    own = [row for row in rows if row.startswith(f"record {addon}.")]
    assert not own
    assert kept or not rows, "\n".join(rows)


def test_all_together_install_with_demo_data(testbed):
    testbed.create("gestor_demo", list(ADDONS), demo=True)
    assert_clean(testbed.databases.logged)


def test_second_update_changes_nothing(testbed):
    name = testbed.copy("gestor_update", testbed.everything())
    testbed.databases.install(name, [], list(ADDONS))
    assert_clean(testbed.databases.logged)
    before = testbed.workspace.pg.sql(FINGERPRINT, name).splitlines()
    testbed.databases.install(name, [], list(ADDONS))
    after = testbed.workspace.pg.sql(FINGERPRINT, name).splitlines()
    assert sorted(set(before) ^ set(after)) == []


def test_base_takes_all_addons_along_when_it_goes(testbed):
    name = testbed.copy("gestor_uninstall", testbed.everything())
    assert testbed.workspace.shell(name, UNINSTALL % "gestor_base") == []
    assert testbed.workspace.pg.sql(LEFTOVERS, name) == ""
