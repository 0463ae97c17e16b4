from . import base_partner_merge
from . import gestor_duplicate_merge
