{
    "name": "Gestor: course of offer processes",
    "summary": "Scenarios, lost deals with competitors, realization and reports",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_offers", "gestor_scenario"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_offer_report_security.xml",
        "views/gestor_competitor_views.xml",
        "views/gestor_scenario_stage_views.xml",
        "views/crm_lead_views.xml",
        "views/gestor_offer_views.xml",
        "wizards/crm_lead_lost_views.xml",
        "wizards/gestor_offer_reject_views.xml",
        "report/gestor_offer_report_views.xml",
        "report/gestor_offer_report_line_views.xml",
        "views/gestor_offer_processes_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_offer_processes/static/src/**/*",
        ],
    },
    "auto_install": True,
}
