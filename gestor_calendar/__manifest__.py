{
    "name": "Gestor: calendar",
    "summary": "One calendar of all that has a time, with a day list and reminders",
    "version": "19.0.1.0.0",
    "category": "Productivity/Calendar",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["calendar", "gestor_base", "resource"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_reminder_security.xml",
        "report/gestor_calendar_day_reports.xml",
        "report/gestor_calendar_day_templates.xml",
        "views/gestor_reminder_views.xml",
        "views/gestor_calendar_views.xml",
        "views/gestor_calendar_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_calendar/static/src/calendar/*",
            "gestor_calendar/static/src/day/*",
            "gestor_calendar/static/src/reminder/*",
        ],
        "web.assets_unit_tests": ["gestor_calendar/static/tests/*.js"],
        "web.assets_tests": ["gestor_calendar/static/tests/tours/*.js"],
    },
}
