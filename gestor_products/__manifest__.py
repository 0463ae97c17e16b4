{
    "name": "Gestor: assortment",
    "summary": "Goods and services with manufacturer code, PKWiU, flags and links",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_base", "product", "uom"],
    "data": [
        "security/gestor_products_groups.xml",
        "views/product_template_views.xml",
        "views/uom_uom_views.xml",
        "views/product_uom_views.xml",
        "views/gestor_products_menus.xml",
    ],
    "demo": [
        "demo/product_template_demo.xml",
    ],
}
