"""Plain Python that everything else stands on: no Django, no I/O, no clock read behind one's back."""
