from . import gestor_activity_clock_mixin
from . import gestor_activity_time
from . import gestor_activity
from . import gestor_activity_executor
from . import ir_http
from . import res_company
from . import res_config_settings
from . import res_users
