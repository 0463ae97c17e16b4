from . import gestor_client_set, res_config_settings, res_partner
