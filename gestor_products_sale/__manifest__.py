{
    "name": "Gestor: assortment in sales",
    "summary": "Decimal places, substitutes and classifiers on sales orders",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_products", "sale"],
    "auto_install": True,
}
