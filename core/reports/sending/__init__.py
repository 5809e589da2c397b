"""A pass that makes what is due: reports written into folders or put into the outbox, one after the other."""
