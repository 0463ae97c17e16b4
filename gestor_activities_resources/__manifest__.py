{
    "name": "Gestor: resources of activities",
    "summary": "Activities book what they need; a board of people and resources",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_activities", "gestor_resources"],
    "data": [
        "security/ir.model.access.csv",
        "wizards/gestor_activity_plan_views.xml",
        "views/gestor_activity_views.xml",
        "views/gestor_activity_template_views.xml",
        "views/gestor_booking_views.xml",
        "views/gestor_board_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["gestor_activities_resources/static/src/board/*"],
        "web.assets_unit_tests": ["gestor_activities_resources/static/tests/*.test.js"],
        "web.assets_tests": ["gestor_activities_resources/static/tests/tours/*.js"],
    },
    "auto_install": True,
}
