from . import base_partner_merge
from . import gestor_client_set_collect
from . import gestor_client_set_combine
from . import gestor_client_set_use
from . import gestor_data_issue_ignore
