def post_init_hook(env):
    """Look for what is to fix at once, not an hour later."""
    env["gestor.data.check"].search([])._refresh()
