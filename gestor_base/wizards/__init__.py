from . import base_partner_merge
from . import gestor_flag_set
from . import gestor_link_create
