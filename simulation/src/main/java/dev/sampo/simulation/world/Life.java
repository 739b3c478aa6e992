package dev.sampo.simulation.world;

import dev.sampo.core.consensus.HostPressure;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.mempool.LaneVoice;
import dev.sampo.core.mempool.MempoolInput;
import dev.sampo.core.message.MessageVerdict;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.FinalBlocksRequest;
import dev.sampo.core.message.PeerMessage.MempoolMessage;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.message.Verified;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.simulation.invariant.Observation;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One process of a validator, from a start to the next crash: its roles, wired as on a node. */
final class Life {

  private final World world;
  private final SimulatedValidator owner;
  private final Writer writer;
  private final Stall stall = new Stall();
  private final ConsensusRole consensus;
  private final MempoolRole mempool;
  private final SyncRole sync;
  private final ExecutionRole execution;
  private final Gateway gateway;

  Life(World world, SimulatedValidator owner) {
    this.world = world;
    this.owner = owner;
    this.writer = owner.takeOver(); // V2: only then does it read
    var disk = owner.medium().openedBy(writer);
    var store = world.machines().store(owner.index(), disk);
    var promises = owner.journal().recover();
    boolean isLost = owner.isLost() && !Recovered.isSettled(promises);
    this.execution = new ExecutionRole(this, store);
    this.mempool = new MempoolRole(this, store, LaneVoice.of(owner.isLost()));
    this.sync = new SyncRole(this, store);
    this.consensus = new ConsensusRole(this);
    this.gateway = new Gateway(this, store);
    execution.start();
    mempool.step(new MempoolInput.Started());
    var recovered = recovered(store, promises);
    consensus.start(isLost ? recovered.asking(nonce()) : recovered);
  }

  private RecoveryNonce nonce() {
    var random = owner.random();
    var bits = new byte[RecoveryNonce.LENGTH];
    random.nextBytes(bits);
    return new RecoveryNonce(Bytes.owning(bits));
  }

  private Recovered recovered(LedgerStore store, List<Promise> promises) {
    var ledger = new LedgerReader(store);
    var last = ledger.lastExecuted();
    if (last.equals(Height.ZERO)) {
      return new Recovered(promises, world.genesisBlock(), Optional.empty());
    }
    var block = ledger.block(last).orElseThrow();
    return new Recovered(promises, block, ledger.finalityProof(last), ledger.orderedUpTo(block));
  }

  World world() {
    return world;
  }

  Genesis genesis() {
    return world.genesis();
  }

  SimulatedValidator owner() {
    return owner;
  }

  Writer writer() {
    return writer;
  }

  /** What it must do when it is no longer paused. */
  Stall stall() {
    return stall;
  }

  /** V1: something is durable now that this copy wrote. */
  void wrote() {
    var epoch = writer.register().epoch();
    world.observe(new Observation.Wrote(owner.index(), writer.copy(), epoch));
  }

  ValidatorIndex self() {
    return owner.index();
  }

  SplittableRandom random() {
    return owner.random();
  }

  ConsensusRole consensus() {
    return consensus;
  }

  MempoolRole mempool() {
    return mempool;
  }

  SyncRole sync() {
    return sync;
  }

  ExecutionRole execution() {
    return execution;
  }

  Gateway gateway() {
    return gateway;
  }

  Moment moment() {
    return new Moment(world.nanos(), owner.wallClock());
  }

  /** Happens unless the process is gone by then; waits while it is paused. */
  void later(long nanos, EventQueue.Kind kind, long detail, Runnable action) {
    owner.later(this, nanos, kind, detail, action);
  }

  /** As {@link #later} for what takes the disk about a millisecond. */
  void whenWritten(Runnable action) {
    var shared = world.premises();
    if (shared.isPresent()) {
      later(shared.get().write(self().number()), EventQueue.Kind.DISK, 0, action);
      return;
    }
    long nanos = SimulatedValidator.WRITE_NANOS_MIN;
    nanos += random().nextInt(1_500_000);
    later(nanos * owner.diskFactor(), EventQueue.Kind.DISK, 0, action);
  }

  /** As {@link #whenWritten} for blocks; where processors are shared, they come first. */
  void whenExecuted(List<ExecutedBlock> blocks, Runnable action) {
    world
        .premises()
        .ifPresentOrElse(
            shared ->
                later(
                    shared.execute(self().number(), blocks),
                    EventQueue.Kind.ROLE,
                    0,
                    () -> whenWritten(action)),
            () -> whenWritten(action));
  }

  /** As {@link #later} for what takes the workers that check signatures up to two milliseconds. */
  void whenChecked(Runnable action) {
    later(random().nextInt(2_000_000), EventQueue.Kind.ROLE, 0, action);
  }

  /** Where an older copy stands is nobody's concern: what it says and writes is. */
  void observe(Observation observation) {
    boolean isOfNewest =
        observation instanceof Observation.Stands || observation instanceof Observation.Held;
    if (!isOfNewest || writer.isCurrent()) {
      world.observe(observation);
    }
  }

  void broadcast(PeerMessage message) {
    send(owner.others(), View.ZERO, message);
  }

  void send(List<ValidatorIndex> recipients, View lastFinal, PeerMessage message) {
    owner.send(this, recipients, lastFinal, message);
  }

  void hostIsBusy(boolean busy) {
    var pressure = busy ? HostPressure.SEVERAL_LEDGERS : HostPressure.NONE;
    consensus.step(new Input.HostBusy(pressure));
  }

  void connected(ValidatorIndex peer) {
    consensus.step(new Input.PeerConnected(peer));
    mempool.step(new MempoolInput.PeerConnected(peer));
    execution.greet(peer);
  }

  /** Gives a checked message to its role; whoever says something, even wrong, is there (W12). */
  void receive(Arrival arrival) {
    switch (owner.verify(arrival)) {
      case MessageVerdict.Refused refused -> {
        world.sometimes().count("message refused");
        consensus.step(new Input.PeerHeard(arrival.from()));
      }
      case MessageVerdict.Accepted(var message) -> dispatch(arrival, message);
    }
  }

  private void dispatch(Arrival arrival, Verified<? extends PeerMessage> verified) {
    var from = arrival.from();
    if (world.tellsArrivals()) {
      observe(new Observation.Heard(owner.index(), from, verified.message()));
    }
    switch (verified.message()) {
      case ConsensusMessage message ->
          consensus.step(
              new Input.MessageReceived(
                  from, arrival.envelope().lastFinal(), verified.as(message)));
      case MempoolMessage message ->
          mempool.step(new MempoolInput.MessageReceived(from, verified.as(message)));
      case FinalBlocks blocks -> sync.takeAnswer(from, verified.as(blocks));
      case FinalBlocksRequest request -> sync.serve(from, request);
      case BatchRequest request -> sync.serve(from, request);
      case Attestation(var vote) -> execution.take(vote);
      case StateCertificates(var certificates) -> execution.take(certificates);
    }
  }
}
