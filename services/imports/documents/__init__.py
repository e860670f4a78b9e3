"""Documents as they come (text, DOCX, PDF, XLSX, CSV, HTML), read into one shape: lines and tables with their places."""
