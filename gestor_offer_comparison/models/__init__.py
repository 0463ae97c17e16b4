from . import gestor_offer_version
from . import gestor_offer
from . import sale_order
