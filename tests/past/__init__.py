"""The past of local sites, brought in: a web of thousands of articles by formula, and whole back-fills against it."""
