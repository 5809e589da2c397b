"""The life of an e-mail, and the bytes it is made of."""
