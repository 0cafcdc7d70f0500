"""Training of the plate detector and the recogniser; nothing here ships in the product."""
