{
    "name": "Gestor tests",
    "summary": "Never shipped: a document model as an outside developer writes it",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": [
        "gestor_calendar",
        "gestor_fields",
        "gestor_library",
        "gestor_scenario",
        "gestor_templates",
        "gestor_texts",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/test_gestor_security.xml",
        "security/test_gestor_order_security.xml",
        "views/test_gestor_case_views.xml",
        "views/test_gestor_document_views.xml",
        "views/test_gestor_document_scenario_views.xml",
        "views/test_gestor_order_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["test_gestor/static/tests/tours/*.js"],
    },
}
