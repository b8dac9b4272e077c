"""What is wrong with figures, as an error at their row or, without a file, of the command."""

from target_cascade.errors import InputError, Located, Place, TargetCascadeError, UsageError


def refused(message: str, where: Place | None) -> TargetCascadeError:
    """An error at a row; of amounts that stand in the plan itself, one that says so."""
    if where is None:
        return UsageError(f"the actuals: {message}")
    return InputError(Located(where.file, where.line, 1, message))
