{
    "name": "Gestor: warehouses of resources",
    "summary": "Shared resources belong to a warehouse",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_resources", "stock"],
    "data": ["views/gestor_resource_views.xml"],
    "auto_install": True,
}
