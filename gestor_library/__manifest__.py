{
    "name": "Gestor: attachment library",
    "summary": "Files kept once, with versions, used by many documents",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_base"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_library_security.xml",
        "wizards/gestor_library_put_views.xml",
        "wizards/gestor_library_replace_views.xml",
        "wizards/mail_compose_message_views.xml",
        "views/gestor_library_category_views.xml",
        "views/gestor_library_file_views.xml",
        "views/gestor_library_tag_views.xml",
        "views/gestor_library_use_views.xml",
        "views/gestor_library_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_library/static/src/library/*",
        ],
        "web.assets_unit_tests": ["gestor_library/static/tests/*.test.js"],
    },
    "auto_install": True,
}
