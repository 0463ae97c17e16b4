from . import test_host_lint
