{
    "name": "Gestor: duplicates of clients",
    "summary": "Warns of a client that exists already, finds duplicates, merges them",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_partners"],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "wizards/gestor_duplicate_merge_views.xml",
        "views/gestor_duplicate_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_partner_views.xml",
        "views/gestor_duplicates_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_duplicates/static/src/duplicate_field/*",
        ],
        "web.assets_tests": ["gestor_duplicates/static/tests/tours/*"],
    },
    "auto_install": True,
}
