"""The Django project: settings, addresses, logs, health, and where web and worker begin."""
