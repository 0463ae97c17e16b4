{
    "name": "Gestor: own fields",
    "summary": "Fields and dictionaries that a company defines for its documents",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_base"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_fields_security.xml",
        "views/gestor_dictionary_views.xml",
        "views/gestor_field_views.xml",
        "views/gestor_fields_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["gestor_fields/static/src/own_fields/*"],
        "web.assets_unit_tests": ["gestor_fields/static/tests/*.test.js"],
    },
    "auto_install": True,
}
