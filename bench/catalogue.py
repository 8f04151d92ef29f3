"""Everything the bench can measure, in the order in which it does."""

from bench.answers import answers_postgres, answers_sqlite
from bench.authoring import authoring
from bench.cli_help import cli_help
from bench.growth import growth
from bench.hundred import hundred
from bench.lateness import lateness
from bench.peers.race import race
from bench.planning import planning
from bench.restart import restart
from bench.scenario import Scenario
from bench.startup import startup
from bench.two_engines import two_engines
from bench.wave_http import wave_http
from bench.wave_smtp import wave_smtp

SCENARIOS = (
    Scenario(name="help", title="The command line", limit_s=30, measure=lambda _: cli_help()),
    Scenario(
        name="plan",
        title="The planner",
        limit_s=60,
        measure=lambda run: planning(run.room("planning"), partners=run.size(1000)),
    ),
    Scenario(name="authoring", title="What authors wait for", limit_s=180, measure=authoring),
    Scenario(name="trigger", title="Start and trigger", limit_s=150, measure=startup),
    Scenario(name="wave_smtp", title="A wave over SMTP", limit_s=240, measure=wave_smtp),
    Scenario(name="wave_http", title="A wave over HTTP", limit_s=150, measure=wave_http),
    Scenario(name="lateness", title="Timers", limit_s=180, measure=lateness),
    Scenario(name="hundred", title="A hundred incidents", limit_s=200, measure=hundred),
    Scenario(name="answers", title="Answers on SQLite", limit_s=180, measure=answers_sqlite),
    Scenario(
        name="answers_postgres",
        title="Answers on PostgreSQL",
        limit_s=180,
        measure=answers_postgres,
    ),
    Scenario(name="growth", title="Growth", limit_s=240, measure=growth),
    Scenario(name="restart", title="A start amid incidents", limit_s=120, measure=restart),
    Scenario(name="two_engines", title="Two engines", limit_s=150, measure=two_engines),
    Scenario(name="peers", title="Peers", limit_s=180, measure=race),
)
