{
    "name": "Gestor: resources of booked visits",
    "summary": "A room or a car is booked together with the visit that a client books",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_activities_resources", "gestor_self_booking"],
    "data": [
        "views/gestor_self_booking_page_views.xml",
        "views/gestor_self_booking_views.xml",
    ],
    "auto_install": True,
}
