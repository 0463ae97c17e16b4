{
    "name": "Gestor: promotions in offers",
    "summary": "Promotions per variant of an offer, for chosen sets of clients",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_client_sets", "gestor_offers", "sale_loyalty"],
    "data": [
        "views/gestor_offer_views.xml",
        "views/loyalty_program_views.xml",
    ],
    "auto_install": True,
}
