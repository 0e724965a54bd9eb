"""
What others captured -> our archive: WARC and WACZ files, folders of saved pages, another archive. Never a request.

found -> parcels | items: each record, file or row -> a capture, what else it is, or what is broken
      -> kept: bodies, rows, and where to go on, in one transaction | read, as what we fetched ourselves
"""
