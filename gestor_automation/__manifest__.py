{
    "name": "Gestor: automation",
    "summary": "Scenarios with stages, automats, planned actions and background work",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_base", "queue_job", "sms"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_scenario_security.xml",
        "wizards/gestor_scenario_move_views.xml",
        "views/gestor_scenario_stage_views.xml",
        "views/gestor_scenario_views.xml",
        "views/gestor_automation_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_automation/static/src/scenario_editor/*",
            "gestor_automation/static/src/stage_field/*",
        ],
        "web.assets_unit_tests": ["gestor_automation/static/tests/*.test.js"],
    },
}
