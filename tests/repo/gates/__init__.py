"""Gates of the repository: what must hold for every addon, whatever it does.

A gate is a function that takes the root of a checkout and returns a list of
problems, each a line that starts with the place. It reads files only: Odoo is
neither imported nor needed. ``test_gates.py`` runs all of them over the repository;
``test_gates_fail.py`` shows that each one does find what it is there for.
"""

from . import (
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

GATES = [
    graph.check_edges,
    graph.check_circles,
    graph.check_imports,
    graph.check_glue,
    sizes.check_python,
    sizes.check_fields,
    sizes.check_views_and_scripts,
    sizes.check_addons,
    sizes.check_complexity,
    code.check_one_class_per_model,
    code.check_forbidden_python,
    code.check_forbidden_xml,
    code.check_sudo_comments,
    security.check_access_rows,
    security.check_noupdate,
    security.check_own_rules,
    manifests.check_keys,
    manifests.check_values,
    manifests.check_listed_files,
    manifests.check_requirements,
    translations.check_catalogues,
    translations.check_placeholders,
    translations.check_template_fresh,
    readme.check_fragments,
    readme.check_fresh,
    files.check_hosts,
    files.check_machine_paths,
    files.check_conflict_marks,
    files.check_size,
    files.check_licences,
    files.check_root,
    files.check_ci,
    docs.check_links,
    docs.check_extension_points,
    docs.check_feature_matrix,
    docs.check_manual_labels,
]
