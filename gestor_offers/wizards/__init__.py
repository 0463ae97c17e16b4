from . import gestor_offer_accept
from . import gestor_offer_reject
