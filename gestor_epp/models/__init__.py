from . import epp_data_mixin
from . import res_partner
from . import product_template
from . import epp_engine
from . import epp_undo
from . import epp_import
from . import epp_import_line
