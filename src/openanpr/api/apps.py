from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "openanpr.api"
    label = "api"
    verbose_name = "Programming interface"

    def ready(self) -> None:
        """End tokens with the proof by which they were made."""
        from openanpr.accounts.signals import proof_replaced
        from openanpr.api.services.ending import end_with_proof

        proof_replaced.connect(end_with_proof, dispatch_uid="end tokens")
