{
    "name": "Gestor: comparison of offers",
    "summary": "Variants side by side, and what changed between versions of an offer",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["gestor_offers"],
    "data": [
        "security/ir.model.access.csv",
        "security/gestor_offer_version_security.xml",
        "views/gestor_offer_version_views.xml",
        "views/gestor_offer_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gestor_offer_comparison/static/src/comparison/**/*",
        ],
        "web.assets_unit_tests": [
            "gestor_offer_comparison/static/tests/**/*.test.js",
        ],
    },
    "post_init_hook": "post_init_hook",
    "auto_install": True,
}
