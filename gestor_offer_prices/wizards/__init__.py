from . import gestor_offer_make_pricelist
from . import gestor_offer_reprice
