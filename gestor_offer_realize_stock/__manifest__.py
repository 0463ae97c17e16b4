{
    "name": "Gestor: deliveries from offers",
    "summary": "Glue: offers are delivered from stock, statuses follow the transfers",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_offer_realize", "sale_stock"],
    "auto_install": True,
}
