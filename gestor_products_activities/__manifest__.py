{
    "name": "Gestor: activities of goods",
    "summary": "What is sold, invoiced or delivered plans whole activities",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_activities", "gestor_products"],
    "data": [
        "views/gestor_activity_views.xml",
        "views/gestor_product_activity_template_views.xml",
    ],
    "auto_install": True,
}
