from . import gestor_planned_action_postpone
