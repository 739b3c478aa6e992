package dev.sampo.simulation.explore;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.simplex.Timing;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One scenario from the start of all machines until a block is final that nothing disturbed. */
final class ScenarioRun {

  private static final long LINK_NANOS = Duration.ofMillis(1).toNanos();
  private static final long WALL_CLOCK_MILLIS = 2_000_000;

  /** Live2, Live4: all views are healed long before. */
  private static final long LIVE_WITHIN = Duration.ofSeconds(90).toNanos();

  /** Live5: the longest sound run needs a tenth of it. */
  private static final int EVENTS_MAX = 50_000;

  /** The base of the view timers never changes, so that rounds last equally long. */
  private static final Timing TIMING =
      new Timing(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5));

  private final Cast cast;
  private final Scenario scenario;
  private final EngineSource source;
  private final Agenda agenda = new Agenda();
  private final Network network;
  private final Witness witness;
  private final List<Machine> machines = new ArrayList<>();
  private int events;

  ScenarioRun(Cast cast, Scenario scenario, EngineSource source) {
    this.cast = cast;
    this.scenario = scenario;
    this.source = source;
    this.network = new Network(scenario);
    var genesis = cast.genesis();
    var indices = cast.indices(scenario.turn());
    boolean twins = scenario.twins() != Twins.NONE;
    var twin = twins ? Optional.of(indices.getFirst()) : Optional.<ValidatorIndex>empty();
    this.witness = new Witness(cast.genesisBlock(), genesis.validators().quorum(), twin);
    for (int number = 0; number < RoundPlan.MACHINES; number++) {
      if (number != 1 || twins) {
        var index = indices.get(number);
        var engine = source.engine(genesis, index, TIMING);
        boolean honest = !twins || number > 1;
        machines.add(new Machine(number, index, honest, cast.genesisBlock(), engine));
      }
    }
  }

  /** What went wrong, if anything did. */
  Optional<String> violation() {
    try {
      machines.forEach(this::begin);
      while (!isOver()) {
        var entry = agenda.next();
        Breach.unless(
            entry.isPresent() && agenda.nanos() < LIVE_WITHIN && events++ < EVENTS_MAX,
            "Live2",
            () -> "nothing becomes final after healing: " + standing());
        happens(entry.orElseThrow());
      }
      return Optional.empty();
    } catch (Breach breach) {
      return Optional.of(String.valueOf(breach.getMessage()));
    }
  }

  Traffic lastRound() {
    return network.lastRound();
  }

  int events() {
    return events;
  }

  private boolean isOver() {
    for (var machine : machines) {
      if (machine.isHonest() && machine.status().finalView().number() <= scenario.rounds().size()) {
        return false;
      }
    }
    return true;
  }

  private void happens(Agenda.Entry entry) {
    var machine = entry.machine();
    if (entry.input() instanceof Input.Persisted(var sequence)) {
      perform(machine, entry, machine.synced(sequence));
    } else if (entry.input() instanceof Input.BlockStored(var view, _)) {
      machine.stored(view);
    }
    if (machine.life() == entry.life()) {
      step(entry);
    }
  }

  private void begin(Machine machine) {
    feed(machine, new Input.Started(machine.records().recovered()));
    feed(machine, new Input.WorkChanged(true));
  }

  private void feed(Machine machine, Input input) {
    if (!machine.isDown()) {
      step(new Agenda.Entry(machine, machine.life(), input));
    }
  }

  private void step(Agenda.Entry entry) {
    var machine = entry.machine();
    var before = machine.status();
    List<Effect> effects;
    try {
      effects = machine.step(entry.input(), now());
    } catch (InvariantViolation broken) {
      stops(machine, String.valueOf(broken.getMessage()));
      return;
    }
    witness.moved(machine, before, machine.status());
    if (!before.view().equals(machine.view()) || machine.view().number() == 1) {
      network.entered(machine.view(), agenda.nanos());
    }
    perform(machine, entry, effects);
  }

  private void perform(Machine machine, Agenda.Entry cause, List<Effect> effects) {
    for (var effect : effects) {
      if (machine.life() != cause.life()) {
        return;
      }
      perform(machine, cause, effect);
    }
  }

  private void perform(Machine machine, Agenda.Entry cause, Effect effect) {
    switch (effect) {
      case Effect.Persist persist -> persist(machine, persist);
      case Effect.Sign(var statement) -> sign(machine, statement);
      case Effect.Send send -> send(machine, send);
      case Effect.SetTimer(var timer, var delay) -> agenda.alarm(machine, timer, delay.toNanos());
      case Effect.CancelTimer(var timer) -> machine.disarmed(timer);
      case Effect.BuildPayload build ->
          agenda.locally(
              machine,
              new Input.PayloadBuilt(
                  build.view(), cast.payload(machine.number(), build.view()), build.parent()));
      case Effect.CheckAvailability(var view, var block, _, _, _) ->
          agenda.locally(machine, new Input.BatchesAvailable(view, block));
      case Effect.VerifyInline(var block) ->
          agenda.locally(machine, new Input.InlineJudged(block.view(), block.hash(), true));
      case Effect.Finalized finalized -> {
        witness.delivered(machine, finalized.blocks());
        machine.executes(finalized);
        for (var block : finalized.blocks()) {
          agenda.locally(machine, new Input.BlockStored(block.view(), block.height()));
        }
      }
      case Effect.FetchFinalBlocks fetch -> {} // three views leave no gap that needs sync
      case Effect.ReportEvidence(var evidence) -> {
        if (machine.isHonest()) {
          witness.accused(evidence);
        }
      }
      case Effect.Report r -> {}
      case Effect.AnnounceIncarnation a -> {} // nothing is lost here
      case Effect.Halt(var reason) -> halted(machine, cause, reason);
    }
  }

  private void persist(Machine machine, Effect.Persist persist) {
    int boundary = machine.begins(persist);
    for (var crash : scenario.crashes()) {
      if (crash.machine() == machine.number() && crash.boundary() == boundary) {
        if (crash.synced()) {
          machine.records().sync(persist.promises());
        }
        restart(machine);
        return;
      }
    }
    agenda.locally(machine, new Input.Persisted(persist.sequence()));
  }

  private void restart(Machine machine) {
    machine.reborn(source.engine(cast.genesis(), machine.index(), TIMING));
    begin(machine);
    for (var other : machines) {
      if (!other.index().equals(machine.index()) && !other.isDown()) {
        agenda.locally(machine, new Input.PeerConnected(other.index()));
        agenda.locally(other, new Input.PeerConnected(machine.index()));
      }
    }
  }

  private void sign(Machine machine, Statement statement) {
    var signature = cast.notary().sign(statement, machine.index());
    agenda.locally(machine, new Input.StatementSigned(statement, signature));
  }

  private void send(Machine machine, Effect.Send send) {
    witness.hears(machine, send.message());
    var checked = cast.notary().verified(machine.index(), send.recipients(), send.message());
    for (int i = 0; i < checked.size(); i++) {
      var recipient = send.recipients().get(i);
      var input = new Input.MessageReceived(machine.index(), send.lastFinal(), checked.get(i));
      for (var other : machines) {
        if (other.index().equals(recipient)
            && !other.isDown()
            && network.passes(machine, other, send.message(), agenda.nanos())) {
          agenda.arrives(other, input, LINK_NANOS);
        }
      }
    }
  }

  /** An honest machine never halts; a twin invents the past that it lacks and goes on. */
  private void halted(Machine machine, Agenda.Entry cause, String reason) {
    var invented =
        Forgery.of(machine.records().recovered().promises(), cause.input(), machine.index());
    if (machine.isHonest() || invented.equals(machine.records().recovered().promises())) {
      stops(machine, reason);
      return;
    }
    machine.records().forge(invented);
    machine.reborn(source.engine(cast.genesis(), machine.index(), TIMING));
    begin(machine);
    feed(machine, new Input.TimerFired(new TimerId(TimerId.Kind.START, View.ZERO)));
    feed(machine, cause.input());
  }

  private void stops(Machine machine, String reason) {
    Breach.unless(
        !machine.isHonest(),
        "halt",
        () -> "machine " + RoundPlanText.nameOf(machine.number()) + " halts: " + reason);
    machine.stop();
  }

  private Moment now() {
    long nanos = agenda.nanos();
    return new Moment(nanos, LedgerTime.ofMillis(WALL_CLOCK_MILLIS + nanos / 1_000_000));
  }

  private String standing() {
    var standing = new StringBuilder();
    for (var machine : machines) {
      standing.append(RoundPlanText.nameOf(machine.number())).append(" in view ");
      standing.append(machine.isDown() ? "none" : machine.view()).append(", final ");
      standing.append(machine.status().finalView()).append("; ");
    }
    return standing.append(agenda.nanos() / 1_000_000).append(" ms").toString();
  }
}
