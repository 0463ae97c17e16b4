from . import test_client_map, test_js
