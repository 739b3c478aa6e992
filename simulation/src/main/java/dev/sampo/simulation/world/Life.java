package dev.sampo.simulation.world;

import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.genesis.Genesis;
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
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.simulation.invariant.Observation;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One process of a validator, from a start to the next crash: its roles, wired as on a node. */
final class Life {

  private final World world;
  private final SimulatedValidator owner;
  private final ConsensusRole consensus;
  private final MempoolRole mempool;
  private final SyncRole sync;
  private final ExecutionRole execution;
  private final Gateway gateway;

  Life(World world, SimulatedValidator owner) {
    this.world = world;
    this.owner = owner;
    var store = world.machines().store(owner.index(), owner.medium());
    this.execution = new ExecutionRole(this, store);
    this.mempool = new MempoolRole(this, store);
    this.sync = new SyncRole(this, store);
    this.consensus = new ConsensusRole(this);
    this.gateway = new Gateway(this, store);
    execution.start();
    mempool.step(new MempoolInput.Started());
    consensus.start(recovered(store));
  }

  private Recovered recovered(LedgerStore store) {
    var ledger = new LedgerReader(store);
    var last = ledger.lastExecuted();
    var promises = owner.journal().recover();
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
    long nanos = SimulatedValidator.WRITE_NANOS_MIN;
    nanos += random().nextInt(1_500_000);
    later(nanos * owner.diskFactor(), EventQueue.Kind.DISK, 0, action);
  }

  /** As {@link #later} for what takes the workers that check signatures up to two milliseconds. */
  void whenChecked(Runnable action) {
    later(random().nextInt(2_000_000), EventQueue.Kind.ROLE, 0, action);
  }

  void observe(Observation observation) {
    world.observe(observation);
  }

  void broadcast(PeerMessage message) {
    send(owner.others(), View.ZERO, message);
  }

  void send(List<ValidatorIndex> recipients, View lastFinal, PeerMessage message) {
    owner.send(recipients, lastFinal, message);
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
