from . import gestor_former_name_mixin
from . import gestor_info_mixin
from . import gestor_relation
from . import gestor_interest
from . import gestor_anniversary
from . import res_partner
from . import res_company
from . import res_users
