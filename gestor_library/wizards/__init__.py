from . import base_partner_merge
from . import gestor_library_put
from . import gestor_library_replace
from . import mail_compose_message
