from . import gestor_scenario_move
from . import gestor_planned_action_postpone
