from . import gestor_planned_action_postpone
from . import gestor_automat_run
from . import gestor_automat_preview
