"""Reading the words of one file, in a process of its own: no Django, no network, nothing written."""
