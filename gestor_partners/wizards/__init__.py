from . import base_partner_merge
from . import gestor_client_archive
from . import gestor_client_convert
