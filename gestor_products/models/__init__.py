from . import gestor_decimal_places_mixin
from . import gestor_classifier
from . import gestor_classifier_node
from . import gestor_product_substitute
from . import uom_uom
from . import product_template
from . import product_product
from . import product_uom
