from . import account_invoice_report
from . import account_move
from . import gestor_product_activity_template
from . import sale_order
from . import sale_order_line
from . import sale_report
