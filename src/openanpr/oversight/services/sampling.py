"""Drawing a sample of searches: whoever has its seed can draw it again."""

import secrets
from datetime import datetime

from django.db import transaction

from openanpr.audit.services import record_event
from openanpr.investigations.services.author import Author
from openanpr.oversight.assessing import assess, runs_between
from openanpr.oversight.drawing import draw
from openanpr.oversight.models import Pick, Sample
from openanpr.oversight.risk import digest, score, shipped_rules
from openanpr.oversight.vocabulary import AUDITING, Method


@transaction.atomic
def draw_sample(
    *,
    author: Author,
    method: Method,
    period_from: datetime,
    period_to: datetime,
    size: int,
    at: datetime,
    seed: str = "",
) -> Sample:
    """Draw from the searches asked in ``[period_from, period_to)``; a seed is made where none is.

    The same period, method, size, seed and table of risks give the same searches again.
    """
    rules = shipped_rules()
    facts = assess(runs_between(period_from, period_to))
    scored = {one: score(each, rules) for one, each in facts.items()}
    points = {one: sum(each.points for each in risks) for one, risks in scored.items()}
    sample = Sample.objects.create(
        drawn_at=at,
        drawn_by=author.user,
        period_from=period_from,
        period_to=period_to,
        method=method.value,
        seed=seed or secrets.token_hex(16),
        size=size,
        population=len(facts),
        rules=digest(rules),
    )
    drawn = draw(points, size=size, seed=sample.seed, weighted=method is Method.RISK)
    Pick.objects.bulk_create(
        Pick(
            sample=sample,
            run_id=run_id,
            position=position,
            score=points[run_id],
            risks=[
                {"rule": one.rule, "points": one.points, "says": one.says} for one in scored[run_id]
            ],
        )
        for position, run_id in enumerate(drawn, 1)
    )
    record_event(
        verb="sample.draw",
        actor=author.acting(AUDITING),
        at=at,
        subject=f"sample:{sample.id}",
        payload={
            "method": method.value,
            "seed": sample.seed,
            "rules": sample.rules,
            "size": len(drawn),
            "population": sample.population,
            "period_from": period_from.isoformat(),
            "period_to": period_to.isoformat(),
        },
        **author.origin,
    )
    return sample
