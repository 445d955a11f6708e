"""Files that people write, read with the place of every value: YAML documents and tables with commas.

Nothing here knows what a document is about; rooms above check its sense.
"""
