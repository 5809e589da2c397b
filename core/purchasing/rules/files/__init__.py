"""Files that go between a site and its suppliers and banks: bytes in, frozen values out, and the other way round.

Nothing here opens a file, a port or a database. What somebody else wrote is never trusted: a reader answers with its
value or with a sentence, whatever the bytes are.
"""
