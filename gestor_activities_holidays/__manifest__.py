{
    "name": "Gestor: absences and activities",
    "summary": "Leave warns who plans, and brings the substitute",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_activities", "hr_holidays"],
    "data": ["views/gestor_activity_views.xml"],
    "auto_install": True,
}
