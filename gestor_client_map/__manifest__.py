{
    "name": "Gestor: map of clients",
    "summary": "Clients, branches and client sets as pins, also without Internet",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_client_sets", "gestor_partners"],
    "data": [
        "views/res_partner_views.xml",
        "views/gestor_client_set_views.xml",
        "views/res_config_settings_views.xml",
        "views/gestor_client_map_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["gestor_client_map/static/src/client_map/**/*"],
        "web.assets_unit_tests": ["gestor_client_map/static/tests/*.test.js"],
    },
    "auto_install": True,
}
