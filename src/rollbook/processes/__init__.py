"""The processes of an installation: web, worker, and the supervisor that keeps them running."""
