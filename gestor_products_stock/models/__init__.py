from . import gestor_product_activity_template
from . import product_product
from . import stock_move
from . import stock_move_line
from . import stock_picking
from . import stock_quant
from . import stock_warehouse_orderpoint
from . import uom_uom
