"""Annual reports: read from a document into what an organisation says that it did, and recorded as records."""
