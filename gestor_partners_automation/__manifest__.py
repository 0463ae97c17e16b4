{
    "name": "Gestor: clients and automation",
    "summary": "Anniversary greetings by e-mail and SMS, hand-over in the background",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_automation", "gestor_partners"],
    "data": [
        "security/gestor_anniversary_greeting_security.xml",
        "security/ir.model.access.csv",
        "views/gestor_anniversary_greeting_views.xml",
        "views/gestor_anniversary_greeting_menus.xml",
    ],
    "auto_install": True,
}
