from . import gestor_product_substitute_option
from . import gestor_product_substitute_pick
