from . import base_partner_merge
from . import gestor_client_archive
from . import gestor_client_convert
from . import gestor_guardian_move
from . import mail_activity_schedule
