{
    "name": "Gestor: vehicles as resources",
    "summary": "Vehicles of the fleet are booked; their services take them out of use",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["fleet", "gestor_resources"],
    "data": ["views/fleet_vehicle_views.xml"],
    "auto_install": True,
}
