from . import gestor_register_fetch
from . import gestor_register_fetch_line
from . import gestor_register_check_start
from . import gestor_nbp_fetch
