from . import gestor_offer
from . import ir_mail_server
from . import mail_mail
from . import res_company
from . import res_config_settings
