def post_init_hook(env):
    """Keep what the clients have already: the versions before are not known."""
    env["gestor.offer"].search([("state", "!=", "draft")])._keep_versions()
