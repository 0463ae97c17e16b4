from . import gestor_activity_source_mixin
from . import gestor_activity_goods
from . import gestor_activity
from . import crm_lead
from . import gestor_offer
from . import sale_order
from . import sale_order_line
