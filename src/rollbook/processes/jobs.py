"""The jobs that deliveries cause. Each takes ids, is safe to run twice, and makes one call."""

from __future__ import annotations

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from rollbook.errors import RollbookError, SourceDataError, TransientError
from rollbook.history.asking import ANSWER_TASK, ERASE_TASK
from rollbook.history.errors import SnapshotGoneError
from rollbook.processes.shortages import ShortageError, naming_shortages
from rollbook.runs.queue import RUN_TASK

log = structlog.get_logger(__name__)

_ATTEMPTS_LIMIT = 6
_PASSING = (TransientError, OperationalError, InterfaceError)
_AGAIN = RetryStrategy(max_attempts=_ATTEMPTS_LIMIT, exponential_wait=3, retry_exceptions=_PASSING)


@app.task(name=RUN_TASK, queue="runs", retry=_AGAIN, pass_context=True)
def run_sync_job(context: JobContext, district_id: int, run_number: int) -> None:
    """Take a delivery through the pipeline; what cannot go on ends the run with its reason."""
    from rollbook import pipeline

    close_old_connections()
    try:
        _refuse_endless(context)
        with naming_shortages():
            pipeline.run_sync(district_id, run_number)
    except (SourceDataError, SnapshotGoneError) as error:
        code = getattr(error, "code", "package.unreadable")
        pipeline.give_up(district_id, run_number, code=code, sentence=str(error))
    except _PASSING as error:
        if context.job.attempts >= _ATTEMPTS_LIMIT:
            _give_up_waiting(district_id, run_number, error)
        else:
            because = getattr(error, "code", type(error).__name__)
            log.warning(
                "run will be tried again", district=district_id, run=run_number, because=because
            )
        raise
    except Exception:
        pipeline.give_up(
            district_id,
            run_number,
            code="rollbook.fault",
            sentence="Rollbook made a mistake of its own; your data is as it was. Whoever runs "
            "Rollbook finds the cause in its log. Deliver again once it is repaired.",
        )
        raise
    finally:
        close_old_connections()


@app.task(name=ERASE_TASK, queue="runs", retry=_AGAIN, pass_context=True)
def erase_person_job(context: JobContext, district_id: int, number: int) -> None:
    """Erase a person; what cannot go on says so in the erasure's log."""
    from rollbook.history import erasing

    close_old_connections()
    try:
        erasing.run_erasure(district_id, number)
    except _PASSING:
        log.warning("erasure will be tried again", district=district_id, erasure=number)
        if context.job.attempts >= _ATTEMPTS_LIMIT:
            erasing.fail_erasure(district_id, number, "Something that Rollbook needs was away.")
        raise
    except RollbookError as error:
        erasing.fail_erasure(district_id, number, str(error))
    except Exception:
        erasing.fail_erasure(
            district_id,
            number,
            "Rollbook made a mistake of its own. Whoever runs Rollbook finds the cause in its log "
            "and asks for the erasure once more.",
        )
        raise
    finally:
        close_old_connections()


@app.task(name=ANSWER_TASK, queue="runs")
def answer_inquiry_job(district_id: int, number: int) -> None:
    """Answer a question that a page asked about the past."""
    from rollbook.history import answers

    close_old_connections()
    try:
        answers.answer_inquiry(district_id, number)
    finally:
        close_old_connections()


def _give_up_waiting(district_id: int, run_number: int, error: Exception) -> None:
    """End a run that has been tried for the last time, or it would seem to go on for ever."""
    from rollbook import pipeline

    if isinstance(error, ShortageError):
        pipeline.give_up(district_id, run_number, code=error.code, sentence=str(error))
        return
    pipeline.give_up(
        district_id,
        run_number,
        code="rollbook.busy",
        sentence="Something that Rollbook needs was busy or away for too long, so it stopped "
        "trying; your data is as it was. Deliver again in a while.",
    )


def _refuse_endless(context: JobContext) -> None:
    """Stop a delivery that takes its worker down each time, or it would do so for ever."""
    if context.job.attempts > _ATTEMPTS_LIMIT:
        raise RuntimeError(f"given up after {context.job.attempts} attempts")
