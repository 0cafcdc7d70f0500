"""What is wrong with the models."""


class ModelProblem(RuntimeError):
    """A model that is missing, altered, unsigned or of the wrong form. There is no fall-back."""
