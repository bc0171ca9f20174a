"""The plain web pages: work without scripts, load nothing from elsewhere, lose nothing typed."""
