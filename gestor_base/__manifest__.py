{
    "name": "Gestor",
    "summary": "Kernel of Gestor: menu, roles, flags and links of business documents",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["mail", "portal", "base_user_role"],
    "data": [
        "security/gestor_base_groups.xml",
        "security/ir.model.access.csv",
        "data/gestor_flag_data.xml",
        "wizards/gestor_flag_set_views.xml",
        "wizards/gestor_link_create_views.xml",
        "views/gestor_flag_views.xml",
        "views/gestor_link_views.xml",
        "views/gestor_base_menus.xml",
    ],
    "demo": ["demo/res_users_demo.xml"],
    "assets": {
        "web.assets_backend": [
            "gestor_base/static/src/flag_field/*",
            "gestor_base/static/src/search/*",
        ],
        "web.assets_unit_tests": ["gestor_base/static/tests/*.test.js"],
    },
    "application": True,
}
