"""Changing a deal that is in force: asked, shown, written as an amendment, and carried out when its day has come."""
