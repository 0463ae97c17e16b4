from . import gestor_activity_issue
