from . import gestor_competitor
from . import gestor_scenario_stage
from . import crm_lead
from . import gestor_offer
