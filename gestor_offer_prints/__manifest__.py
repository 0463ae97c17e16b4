{
    "name": "Gestor: prints of offers",
    "summary": "Layouts, pictures and enclosed files of printed offers",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_offers"],
    "data": [
        "report/gestor_offer_templates.xml",
        "views/gestor_offer_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.report_assets_common": [
            "gestor_offer_prints/static/src/scss/**/*",
        ],
    },
    "auto_install": True,
}
