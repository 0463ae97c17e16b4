{
    "name": "Gestor: offers in the text of e-mails",
    "summary": "The offer is read in the mail itself, with pictures and buttons",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_offers"],
    "data": [
        "views/gestor_offer_mail_templates.xml",
        "data/mail_template_data.xml",
        "views/gestor_offer_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
}
