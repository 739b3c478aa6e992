package dev.sampo.core.consensus.testing;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.Decoded;
import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Validators in virtual time. The same seed gives the same run: nothing here looks at a clock, and
 * events at one moment happen in the order in which they were planned.
 */
public final class World {

  private record Event(long at, long number, Runnable action) {}

  /** Something that takes part in the protocol. */
  interface Participant {
    void receive(ValidatorIndex from, View lastFinal, ConsensusMessage message);
  }

  private final PriorityQueue<Event> queue =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final TreeMap<ValidatorIndex, SimulatedValidator> honest = new TreeMap<>();
  private final TreeMap<ValidatorIndex, Participant> participants = new TreeMap<>();
  private final TreeMap<String, Integer> sent = new TreeMap<>();
  private final List<SignedTransaction> submitted = new ArrayList<>();
  private final Genesis genesis;
  private final Network network;
  private final Observer observer;
  private final SplittableRandom random;
  private long nanos;
  private long planned;

  /** What is wrong from the start: the first validators lie; a planted bug loses votes. */
  public record Faults(int traitors, boolean disksForgetVotes) {
    public static final Faults NONE = new Faults(0, false);
  }

  public World(
      Genesis genesis,
      Network network,
      SplittableRandom random,
      Faults faults,
      Function<ValidatorIndex, ConsensusEngine> engines) {
    this.genesis = genesis;
    this.network = network;
    this.random = random;
    var indices = genesis.validators().indices();
    var byzantine = new TreeSet<>(indices.subList(0, faults.traitors()));
    this.observer = new Observer(genesis, byzantine);
    for (var index : indices) {
      if (byzantine.contains(index)) {
        participants.put(index, new Traitor(this, index));
      } else {
        var disk = new SimulatedDisk(genesis.block(), faults.disksForgetVotes());
        var validator = new SimulatedValidator(this, index, disk, () -> engines.apply(index));
        honest.put(index, validator);
        participants.put(index, validator);
      }
    }
    honest.values().forEach(SimulatedValidator::start);
  }

  public Genesis genesis() {
    return genesis;
  }

  public Network network() {
    return network;
  }

  public Observer observer() {
    return observer;
  }

  public SplittableRandom random() {
    return random;
  }

  public List<SimulatedValidator> honest() {
    return List.copyOf(honest.values());
  }

  public SimulatedValidator validator(int index) {
    return honest.get(ValidatorIndex.of(index));
  }

  /** Gives the next transaction to the mempool of every validator. */
  public void submit() {
    var transaction = Fakes.transaction(submitted.size());
    submitted.add(transaction);
    honest.values().forEach(validator -> validator.submit(transaction));
  }

  public int submittedCount() {
    return submitted.size();
  }

  List<SignedTransaction> submitted() {
    return submitted;
  }

  /** How many single messages of this type left any validator. */
  public int sent(Class<? extends ConsensusMessage> type) {
    return sent.getOrDefault(type.getSimpleName(), 0);
  }

  public int sentInAll() {
    return sent.values().stream().mapToInt(Integer::intValue).sum();
  }

  public void forgetCounts() {
    sent.clear();
    honest.values().forEach(SimulatedValidator::forgetCounts);
  }

  public void plan(Duration after, Runnable action) {
    planNanos(after.toNanos(), action);
  }

  void planNanos(long after, Runnable action) {
    queue.add(new Event(nanos + after, planned++, action));
  }

  Moment moment() {
    return new Moment(nanos, LedgerTime.ofMillis(2_000_000 + nanos / 1_000_000));
  }

  public Duration time() {
    return Duration.ofNanos(nanos);
  }

  public void run(Duration span) {
    long end = nanos + span.toNanos();
    while (!queue.isEmpty() && queue.element().at() <= end) {
      happen();
    }
    nanos = end;
  }

  /** Runs until the condition holds; false if it does not within {@code span}. */
  public boolean runUntil(BooleanSupplier condition, Duration span) {
    long end = nanos + span.toNanos();
    while (!condition.getAsBoolean()) {
      if (queue.isEmpty() || queue.element().at() > end) {
        return false;
      }
      happen();
    }
    return true;
  }

  /** Whether every validator is up, holds the same ledger, and it has every transaction. */
  public boolean isSettled() {
    return honest.values().stream().allMatch(v -> v.isUp() && v.hasOrdered(submitted))
        && Stream.of(honest.values())
            .allMatch(all -> all.stream().map(SimulatedValidator::height).distinct().count() == 1);
  }

  private void happen() {
    var event = queue.remove();
    nanos = event.at();
    event.action().run();
  }

  void send(
      ValidatorIndex from,
      List<ValidatorIndex> recipients,
      View lastFinal,
      ConsensusMessage message) {
    sent.merge(message.getClass().getSimpleName(), recipients.size(), Integer::sum);
    observer.sent(from, message);
    var arriving = overTheWire(lastFinal, message);
    for (var recipient : recipients) {
      for (long delay : network.deliveries(from, recipient)) {
        planNanos(delay, () -> deliver(from, recipient, lastFinal, arriving));
      }
    }
  }

  /** What arrives is what the encoding carries, within the bounds of a frame. */
  private ConsensusMessage overTheWire(View lastFinal, ConsensusMessage message) {
    var envelope = new Envelope(genesis.ledgerId(), lastFinal, message);
    if (PeerMessageCodec.decode(PeerMessageCodec.encode(envelope)) instanceof Decoded.Ok(var read)
        && read.message() instanceof ConsensusMessage arriving) {
      return arriving;
    }
    throw new AssertionError("no encoding of " + message);
  }

  private void deliver(
      ValidatorIndex from, ValidatorIndex to, View lastFinal, ConsensusMessage message) {
    var participant = participants.get(to);
    if (participant != null) {
      participant.receive(from, lastFinal, message);
    }
  }
}
