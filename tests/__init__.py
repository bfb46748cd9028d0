"""What is tested across the add-ons: layout, packaging, installing, translations, access."""
