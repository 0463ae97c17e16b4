{
    "name": "Gestor: clients",
    "summary": "Clients with their kinds, NIP and a search that finds any spelling",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_base", "contacts", "base_vat"],
    "external_dependencies": {"python": ["python-stdnum"]},
    "data": [
        "views/res_partner_views.xml",
        "views/gestor_partners_menus.xml",
    ],
}
