from . import gestor_activity_plan
