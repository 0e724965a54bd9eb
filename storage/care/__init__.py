"""What keeps an archive in good order: checks, copies, what is given up. Above archive and bodies; knows no network."""
