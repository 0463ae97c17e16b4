from . import gestor_activity_continue
