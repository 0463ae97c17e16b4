from . import gestor_client_set_use
from . import gestor_offer_accept
from . import gestor_offer_reject
