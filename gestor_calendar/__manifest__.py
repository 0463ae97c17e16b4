{
    "name": "Gestor: calendar",
    "summary": "One calendar over everything that has a time, with a day list and reminders",
    "version": "19.0.1.0.0",
    "category": "Productivity/Calendar",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["calendar", "gestor_base", "resource"],
}
