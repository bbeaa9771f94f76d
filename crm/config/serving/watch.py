"""The process that stays: starts broker, web, worker and mailbox, says when they are ready, and watches over them."""

import contextlib
import dataclasses
import http
import http.client
import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from crm.config.serving import broker, parts, sink
from crm.config.serving.supervisor import Part, Stopping, Supervisor, ask_to_stop, on_signals, program, tell

DEMO_CAST = "campaigns.management.demo.cast"


@dataclasses.dataclass(frozen=True)
class Plan:
    """What to run where, as decided from the settings."""

    host: str
    near: str
    port: int
    door: int
    address: str
    var: str
    database: str
    given_broker: str
    has_mail: bool
    demo: bool
    debug: bool
    start: float

    def packed(self) -> str:
        return json.dumps(dataclasses.asdict(self))


def answers(host: str, port: int) -> bool:
    """Whether the web server serves. A redirect or a refused host name is an answer, too."""
    line = http.client.HTTPConnection(host, port, timeout=5)
    with contextlib.closing(line), contextlib.suppress(OSError, http.client.HTTPException):
        line.request("GET", "/healthz")
        return line.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    return False


def sign_in_lines() -> list[str]:
    """Who can be signed in as in the demo."""
    with contextlib.suppress(ModuleNotFoundError):
        cast = importlib.import_module(DEMO_CAST)
        roles = ", ".join(colleague.role for colleague in cast.COLLEAGUES)
        example = next(colleague.email for colleague in cast.COLLEAGUES if colleague.role == "coordinator")
        return [
            f"  Sign in    one click on the sign-in page: {roles}",
            f"             or type {example} and {cast.PASSWORD_HINT}",
        ]
    return []


def welcome(plan: Plan, bell: broker.Doorbell, logs: Path) -> str:
    lines = [f"Mitra is ready after {time.monotonic() - plan.start:.1f} s: {plan.address}/", ""]
    if plan.demo:
        lines += [*sign_in_lines(), f"  Mailbox    {plan.address}/demo/mailbox/ (no message leaves this machine)"]
    lines += [f"  Data       {plan.database}", f"  Queue      {bell.said}", f"  Logs       {logs}", ""]
    if bell.env.get("CELERY_BROKER_URL") == "filesystem://":
        lines += [f"  Warning: {broker.WARNING}", ""]
    return "\n".join([*lines, "Ctrl-C ends everything; the data stays for the next start."])


def embedded(path: Path, server: "subprocess.Popen[bytes] | None") -> Part:
    return Part("broker", lambda: broker.start(path), child=server)


def run(plan: Plan) -> None:
    var = Path(plan.var)
    logs, env = var / "log", {**os.environ, "BASE_URL": plan.address}
    with contextlib.ExitStack() as stack:
        if plan.demo and not plan.has_mail:
            env["EMAIL_URL"] = stack.enter_context(sink.letterbox(var / "mailbox"))
        bell, server = broker.ring(var, plan.given_broker)
        env |= bell.env
        family = [
            *([embedded(bell.socket, server)] if bell.socket else []),
            program("web", parts.web(f"fd://{plan.door}", reload=plan.debug), env, logs, keep=[plan.door]),
            program("worker", parts.worker(is_small=True), env, logs),
        ]
        supervisor = stack.enter_context(Supervisor(family, say=tell))
        supervisor.until_ready(lambda: answers(plan.near, plan.port))
        tell(welcome(plan, bell, logs))
        supervisor.watch()


def main() -> None:
    on_signals(ask_to_stop)
    try:
        run(Plan(**json.loads(sys.argv[1])))
    except Stopping:
        tell("\nMitra has ended. Everything is kept.")
    except broker.BrokerUnreachable as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
