from . import gestor_offer_approval_step
