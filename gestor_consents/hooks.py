def uninstall_hook(env):
    """Take away the guards of the log, which are no part of its table."""
    env.cr.execute("DROP FUNCTION IF EXISTS gestor_consent_log_guard() CASCADE")
    env.cr.execute("DROP FUNCTION IF EXISTS gestor_consent_version_guard() CASCADE")
