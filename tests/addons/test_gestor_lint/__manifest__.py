{
    "name": "Gestor lint",
    "summary": "Never shipped: the host's own lint tests, over the addons of Gestor",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "Gestor contributors",
    "website": "https://github.com/gestor-project/gestor",
    "license": "AGPL-3",
    "depends": ["test_lint"],
}
