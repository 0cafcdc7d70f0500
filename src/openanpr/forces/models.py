"""Forces and their units."""

from django.db import models


class Force(models.Model):
    """A police force or another agency; its chief officer is the controller of its reads."""

    code = models.CharField(max_length=8, unique=True, help_text="Short code, such as FX")
    name = models.CharField(max_length=120)

    class Meta:
        db_table = "force"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of a force that people are posted to; ``area`` is where its patrols work."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=120)
    area = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "unit"
        ordering = ("force_id", "name")
        constraints = [
            models.UniqueConstraint(fields=("force", "name"), name="unit_name_once_a_force"),
        ]

    def __str__(self) -> str:
        return self.name
