{
    "name": "Gestor: clients in the calendar",
    "summary": "Warns of meetings outside the contact hours of clients",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["calendar", "gestor_partners"],
    "data": ["views/calendar_event_views.xml"],
    "auto_install": True,
}
