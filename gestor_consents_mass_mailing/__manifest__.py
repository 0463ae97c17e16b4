{
    "name": "Gestor: consents in bulk mail",
    "summary": "Mailings and bulk SMS reach only clients who agreed",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_consents", "mass_mailing", "mass_mailing_sms"],
    "auto_install": True,
}
