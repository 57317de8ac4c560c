"""From proposal to decision. Imports nothing of sessions."""
