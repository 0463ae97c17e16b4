from . import gestor_offer
from . import loyalty_program
from . import sale_order
from . import sale_order_coupon_points
from . import sale_order_line
