"""What an organisation did that is no case and no thread: activities, letters as told, alliances, publications, fundings
and figures, each a small stream."""
