from . import test_epp_reader
