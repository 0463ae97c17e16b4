from . import test_epp_reader
from . import test_epp_import
from . import test_epp_clients
from . import test_epp_goods
from . import test_epp_undo
from . import test_security
from . import test_epp_documents
from . import test_epp_further
