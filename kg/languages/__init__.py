"""What differs by language, as data: words of layout, dates and numbers; one module a language."""
