"""Document -> items, sentences, mentions: what a text is made of, before what it says."""
