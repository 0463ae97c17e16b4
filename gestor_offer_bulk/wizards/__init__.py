from . import gestor_client_set_use
