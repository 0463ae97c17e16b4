from . import gestor_offer_realize
from . import gestor_offer_realize_line
from . import gestor_offer_realize_many
