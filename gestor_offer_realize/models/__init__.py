from . import gestor_offer
from . import gestor_offer_type
from . import res_partner
from . import sale_order
from . import sale_order_line
