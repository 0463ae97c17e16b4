{
    "name": "Gestor: scenarios",
    "summary": "Documents that go through stages, with a visual editor",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_automation"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_scenario_security.xml",
        "wizards/gestor_scenario_move_views.xml",
        "views/gestor_scenario_stage_views.xml",
        "views/gestor_scenario_views.xml",
        "views/gestor_scenario_history_views.xml",
        "views/gestor_scenario_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_scenario/static/src/stage_field/*",
            "gestor_scenario/static/src/scenario_editor/*",
        ],
        "web.assets_unit_tests": ["gestor_scenario/static/tests/*.test.js"],
    },
    "auto_install": True,
}
