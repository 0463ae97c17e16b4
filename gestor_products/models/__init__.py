from . import gestor_decimal_places_mixin
from . import uom_uom
from . import product_template
from . import product_product
from . import product_uom
