def pre_init_hook(env):
    """Let the database compare a number and a period in one exclusion constraint."""
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
