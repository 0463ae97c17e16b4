from . import gestor_info_mixin
from . import res_partner
from . import res_company
from . import res_users
