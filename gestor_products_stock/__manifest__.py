{
    "name": "Gestor: assortment in stock",
    "summary": "Optimal stock, shortages and surplus, stock of substitutes",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_products", "stock"],
    "data": [
        "views/stock_move_line_views.xml",
        "views/stock_picking_views.xml",
        "views/stock_quant_views.xml",
        "views/stock_warehouse_orderpoint_views.xml",
    ],
    "auto_install": True,
}
