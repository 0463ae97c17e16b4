{
    "name": "Gestor: automation",
    "summary": "Scenarios with stages, automats, planned actions and background work",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_base", "queue_job", "sms"],
    "external_dependencies": {"python": ["holidays", "python-dateutil"]},
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "wizards/gestor_planned_action_postpone_views.xml",
        "views/gestor_planned_action_views.xml",
        "views/gestor_automation_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["gestor_automation/static/src/asked/*"],
        "web.assets_unit_tests": ["gestor_automation/static/tests/*.test.js"],
    },
}
