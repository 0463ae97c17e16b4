from . import gestor_offer_view
from . import gestor_offer_view_variant
from . import gestor_offer
from . import res_company
from . import res_config_settings
from . import res_users
