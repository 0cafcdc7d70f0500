"""The register of cameras: where they stand, who carries them, in what state they are."""
