{
    "name": "Gestor: texts",
    "summary": "Autotexts, text templates and own prints of business documents",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_base", "gestor_library"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_text_template_security.xml",
        "data/gestor_autotext_data.xml",
        "data/gestor_text_category_data.xml",
        "wizards/gestor_text_insert_views.xml",
        "wizards/gestor_text_preview_views.xml",
        "views/gestor_autotext_views.xml",
        "views/gestor_text_template_views.xml",
        "views/gestor_texts_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_texts/static/src/autotext/*",
        ],
        "web.assets_unit_tests": ["gestor_texts/static/tests/*.test.js"],
    },
    "auto_install": True,
}
