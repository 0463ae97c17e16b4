{
    "name": "Gestor PDF",
    "summary": "Every report as PDF with header, footer and page numbers",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_base", "web"],
    "external_dependencies": {"python": ["weasyprint"]},
    "auto_install": True,
}
