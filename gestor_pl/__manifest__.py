{
    "name": "Gestor: Poland",
    "summary": "EDI++ files of InsERT programs: clients, goods and price lists",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "countries": ["pl"],
    "depends": ["gestor_partners", "gestor_products", "l10n_pl"],
    "external_dependencies": {"python": ["python-stdnum"]},
    "data": [
        "security/gestor_pl_groups.xml",
        "security/ir.model.access.csv",
        "security/gestor_epp_import_security.xml",
        "data/ir_cron_data.xml",
        "data/res_lang_data.xml",
        "views/gestor_epp_import_line_views.xml",
        "views/gestor_epp_import_views.xml",
        "views/res_partner_views.xml",
        "views/product_template_views.xml",
        "views/gestor_pl_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_pl/static/src/**/*",
        ],
    },
}
