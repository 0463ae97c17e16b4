from . import test_client_kind
from . import test_client_merge
from . import test_client_nip
from . import test_client_screens
from . import test_client_search
from . import test_lib
from . import test_security
from . import test_client_template
