from . import gestor_activity
from . import gestor_product_activity_mixin
from . import gestor_product_activity_template
