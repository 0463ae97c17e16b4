from . import base_partner_merge
from . import gestor_flag_set
from . import gestor_link_create
from . import gestor_library_put
from . import gestor_library_replace
from . import mail_compose_message
from . import gestor_text_insert
from . import gestor_text_preview
