from . import gestor_offer
