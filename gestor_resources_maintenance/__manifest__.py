{
    "name": "Gestor: equipment as resources",
    "summary": "Equipment is booked; its maintenance takes it out of use",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_resources", "maintenance"],
    "data": ["views/maintenance_equipment_views.xml"],
    "auto_install": True,
}
