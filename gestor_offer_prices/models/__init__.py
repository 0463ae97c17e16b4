from . import crm_lead
from . import gestor_offer
from . import product_pricelist_item
from . import sale_order
from . import sale_order_line
