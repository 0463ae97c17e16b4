from . import gestor_guardian_move
