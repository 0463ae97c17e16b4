from . import crm_lead_lost
from . import gestor_offer_reject
