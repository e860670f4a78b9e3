"""Every sentence in the reader's language: catalogues, dates and typography."""
