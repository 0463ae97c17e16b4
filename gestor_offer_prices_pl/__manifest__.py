{
    "name": "Gestor: offers at NBP rates",
    "summary": "The frozen rate of an offer is from a table of NBP, with its number",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_offer_prices", "gestor_pl"],
    "auto_install": True,
}
