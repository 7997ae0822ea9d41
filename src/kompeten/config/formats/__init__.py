"""How are dates and numbers written, by language?"""
