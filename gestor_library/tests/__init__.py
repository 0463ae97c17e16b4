from . import test_library_access
from . import test_library_content
from . import test_library_upload
from . import test_security
from . import test_js
