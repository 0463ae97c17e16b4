from . import gestor_scenario
from . import gestor_scenario_stage
from . import gestor_scenario_history
from . import gestor_scenario_mixin
from . import gestor_stage_activity_mixin
from . import mail_activity
