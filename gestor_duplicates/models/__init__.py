from . import gestor_duplicate
from . import gestor_duplicate_finder
from . import gestor_duplicate_lock
from . import res_company
from . import res_config_settings
from . import res_partner
