{
    "name": "Gestor: clients",
    "summary": "Clients with their kinds, NIP and a search that finds any spelling",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_base", "account", "contacts", "base_vat"],
    "external_dependencies": {"python": ["python-stdnum"]},
    "data": [
        "security/gestor_partners_groups.xml",
        "data/res_users_role_data.xml",
        "views/res_partner_views.xml",
        "views/gestor_partners_menus.xml",
    ],
    "demo": [
        "demo/res_partner_demo.xml",
    ],
    "post_init_hook": "post_init_hook",
}
