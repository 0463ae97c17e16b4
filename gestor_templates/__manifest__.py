{
    "name": "Gestor: templates",
    "summary": "Documents and imports from templates, lists made for roles",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["base_import", "gestor_base"],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "depends": ["gestor_base", "gestor_fields"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_record_template_security.xml",
        "views/gestor_record_template_views.xml",
        "views/gestor_role_view_views.xml",
        "views/gestor_templates_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_templates/static/src/role_view/*",
            "gestor_templates/static/src/record_template/*",
        ],
    },
    "auto_install": True,
}
