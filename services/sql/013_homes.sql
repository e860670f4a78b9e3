-- Assemblies and plans share one set of keys: who enters either takes its key here as well.
INSERT INTO suivi.keys (scope, key, stream)
SELECT 'home', key, stream FROM suivi.keys WHERE scope = 'assembly'
ON CONFLICT DO NOTHING;
