{
    "name": "Gestor: views of offers",
    "summary": "When clients open offers and which variants they look at",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_automation", "gestor_offers"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_offer_view_security.xml",
        "data/ir_cron_data.xml",
        "data/gestor_automat_data.xml",
        "views/gestor_offer_view_views.xml",
        "views/gestor_offer_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_users_views.xml",
        "views/gestor_offer_portal_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "gestor_offer_tracking/static/src/portal/**/*",
        ],
    },
    "auto_install": True,
}
