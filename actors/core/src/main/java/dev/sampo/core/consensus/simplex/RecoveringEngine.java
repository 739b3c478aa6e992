package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An engine that starts at once if the validator's records are whole, and otherwise only once what
 * it may have promised is bounded (RE1 to RE3). Until then nothing but the question leaves it.
 */
public final class RecoveringEngine implements ConsensusEngine {

  /** After so long those are asked again who have not answered. */
  static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private static final TimerId TIMER = new TimerId(TimerId.Kind.RECOVERY, View.ZERO);

  /** What is known while the engine must not start yet. */
  private static final class Wait {
    private final Recovered recovered;
    private final LostRecords records;
    private Optional<Vote> question = Optional.empty();
    private Optional<Promise.RecoveredFrom> written = Optional.empty();
    private Optional<Input> work = Optional.empty();
    private Optional<Input> load = Optional.empty();
    private Optional<Input> certified = Optional.empty();
    private Optional<Input> incarnations = Optional.empty();

    Wait(Recovered recovered, LostRecords records) {
      this.recovered = recovered;
      this.records = records;
    }
  }

  private final Committee committee;
  private final ConsensusEngine engine;
  private Optional<Wait> asking = Optional.empty();
  private long ownPersists;

  public RecoveringEngine(Genesis genesis, ValidatorIndex self) {
    this(genesis, self, new SimplexEngine(genesis, self));
  }

  /** {@code engine} starts once nothing is uncertain any more. */
  public RecoveringEngine(Genesis genesis, ValidatorIndex self, ConsensusEngine engine) {
    this.committee = Committee.of(genesis, self);
    this.engine = engine;
  }

  @Override
  public List<Effect> step(Input input, Moment now) {
    if (asking.isPresent()) {
      return waiting(asking.get(), input, now);
    }
    if (input instanceof Input.Started(var recovered) && recovered.lost().isPresent()) {
      return ask(recovered, recovered.lost().get());
    }
    if (input instanceof Input.Started(var recovered)) {
      return started(recovered, now);
    }
    return engine(input, now);
  }

  /** RE4: the mempool cannot know from its own records that others are lost. */
  private List<Effect> started(Recovered recovered, Moment now) {
    var effects = new ArrayList<Effect>();
    recovered.incarnation().ifPresent(own -> effects.add(new Effect.AnnounceIncarnation(own)));
    effects.addAll(engine(new Input.Started(recovered), now));
    return effects;
  }

  @Override
  public EngineStatus status() {
    return engine.status();
  }

  private List<Effect> ask(Recovered recovered, RecoveryNonce nonce) {
    var records = new LostRecords(committee, nonce);
    asking = Optional.of(new Wait(recovered, records));
    return List.of(progress(records), new Effect.Sign(records.question()));
  }

  private List<Effect> waiting(Wait waits, Input input, Moment now) {
    return switch (input) {
      case Input.StatementSigned(var statement, var signature) ->
          signed(waits, statement, signature);
      case Input.MessageReceived received -> received(waits, received);
      case Input.TimerFired(var timer) when timer.equals(TIMER) -> askSilent(waits);
      case Input.PeerConnected(var peer) -> askAgain(waits, peer);
      case Input.Persisted p -> start(waits, now);
      case Input.WorkChanged changed -> {
        waits.work = Optional.of(changed);
        yield List.of();
      }
      case Input.HostBusy changed -> {
        waits.load = Optional.of(changed);
        yield List.of();
      }
      case Input.StateCertified certified -> {
        waits.certified = Optional.of(certified);
        yield List.of();
      }
      case Input.IncarnationsStored stored -> {
        waits.incarnations = Optional.of(stored);
        yield List.of();
      }
      case Input.Started s -> throw new InvariantViolation("started twice");
      case Input.TimerFired other -> List.of();
      case Input.PeerHeard p -> List.of();
      case Input.PeerSuspected p -> List.of();
      case Input.PayloadBuilt p -> List.of();
      case Input.BatchesAvailable b -> List.of();
      case Input.InlineJudged i -> List.of();
      case Input.FinalBlocksFetched f -> List.of();
      case Input.BlockStored b -> List.of();
    };
  }

  private List<Effect> signed(Wait waits, Statement statement, Signature signature) {
    if (!statement.equals(waits.records.question())) {
      throw new InvariantViolation("signed while recovering (RE1): " + statement);
    }
    waits.question = Optional.of(new Vote(statement, committee.self(), signature));
    return askSilent(waits);
  }

  private List<Effect> askSilent(Wait waits) {
    if (waits.written.isPresent()) {
      return List.of();
    }
    var effects = new ArrayList<Effect>();
    var silent = committee.peers().stream().filter(peer -> !waits.records.hasHeard(peer)).toList();
    effects.addAll(question(waits, silent));
    effects.add(new Effect.SetTimer(TIMER, ASK_AGAIN));
    return effects;
  }

  private List<Effect> askAgain(Wait waits, ValidatorIndex peer) {
    return waits.records.hasHeard(peer) ? List.of() : question(waits, List.of(peer));
  }

  private static List<Effect> question(Wait waits, List<ValidatorIndex> peers) {
    return waits.question.isEmpty() || peers.isEmpty()
        ? List.of()
        : List.of(new Effect.Send(peers, View.ZERO, new PeerMessage.Recover(waits.question.get())));
  }

  private List<Effect> received(Wait waits, Input.MessageReceived input) {
    if (waits.written.isPresent()
        || !(input.message().message() instanceof PeerMessage.RecoverReply reply)) {
      return List.of();
    }
    waits.records.take(input.from(), reply);
    if (!waits.records.isBounded()) {
      return List.of(progress(waits.records));
    }
    var bound = waits.records.bound();
    waits.written = Optional.of(bound);
    return List.of(
        progress(waits.records),
        new Effect.CancelTimer(TIMER),
        new Effect.Persist(ownPersists++, List.of(bound)));
  }

  /** D12: the bound is on disk, so the engine may speak above it. */
  private List<Effect> start(Wait waits, Moment now) {
    var bound = waits.written.orElseThrow();
    asking = Optional.empty();
    var effects = new ArrayList<Effect>();
    effects.add(
        new Effect.Report(new EngineEvent.RecoverySettled(bound.from(), bound.incarnation())));
    effects.addAll(started(waits.recovered.with(bound), now));
    waits.work.ifPresent(work -> effects.addAll(engine(work, now)));
    waits.load.ifPresent(load -> effects.addAll(engine(load, now)));
    waits.certified.ifPresent(certified -> effects.addAll(engine(certified, now)));
    waits.incarnations.ifPresent(stored -> effects.addAll(engine(stored, now)));
    return effects;
  }

  /** The engine numbers what it persists from 0, after what was persisted here. */
  private List<Effect> engine(Input input, Moment now) {
    if (ownPersists == 0) {
      return engine.step(input, now);
    }
    var own =
        input instanceof Input.Persisted(long number)
            ? new Input.Persisted(number - ownPersists)
            : input;
    return engine.step(own, now).stream()
        .map(
            effect ->
                effect instanceof Effect.Persist(long number, var promises)
                    ? new Effect.Persist(number + ownPersists, promises)
                    : effect)
        .toList();
  }

  private static Effect progress(LostRecords records) {
    return new Effect.Report(new EngineEvent.Recovering(records.count(), records.needed()));
  }
}
