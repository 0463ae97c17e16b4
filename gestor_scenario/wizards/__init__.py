from . import gestor_scenario_move
