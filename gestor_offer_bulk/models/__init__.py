from . import crm_lead
from . import gestor_offer
from . import gestor_offer_batch
from . import gestor_offer_dispatch
from . import gestor_set_use_offers
