{
    "name": "Gestor: cyclic activities",
    "summary": "Activities that repeat: exceptions, holidays, changes of the rest",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_activities", "gestor_automation", "resource"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_activity_series_security.xml",
        "data/ir_cron_data.xml",
        "views/gestor_activity_series_views.xml",
        "views/gestor_activity_views.xml",
    ],
    "auto_install": ["gestor_activities"],
}
