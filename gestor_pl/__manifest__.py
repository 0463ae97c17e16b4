{
    "name": "Gestor: Poland",
    "summary": "Polish registers of firms, NBP exchange rates",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "countries": ["pl"],
    "depends": ["gestor_partners", "l10n_pl"],
    "external_dependencies": {
        "python": [
            "cryptography",
            "lxml",
            "python-dateutil",
            "python-stdnum",
            "requests",
        ]
    },
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_register_security.xml",
        "data/gestor_register_data.xml",
        "data/ir_cron_data.xml",
        "data/res_lang_data.xml",
        "wizards/gestor_register_fetch_views.xml",
        "wizards/gestor_register_check_start_views.xml",
        "wizards/gestor_nbp_fetch_views.xml",
        "views/gestor_register_views.xml",
        "views/gestor_verification_views.xml",
        "views/gestor_register_check_views.xml",
        "views/res_partner_views.xml",
        "views/res_partner_bank_views.xml",
        "views/account_move_views.xml",
        "views/res_currency_views.xml",
        "views/gestor_pl_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_pl/static/src/**/*",
        ],
        "web.assets_tests": [
            "gestor_pl/static/tests/tours/**/*",
        ],
    },
}
