"""Where transactions live, behind one interface."""
