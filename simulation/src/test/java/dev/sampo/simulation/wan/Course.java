package dev.sampo.simulation.wan;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.simulation.invariant.Invariant;
import dev.sampo.simulation.invariant.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Remembers what one validator stored, and what its blocks could have carried. */
final class Course implements Invariant {

  /** A final block; {@code entries} transactions were ordered by it. */
  record Final(Block block, Duration proposedAt, Duration storedAt, int entries) {}

  private record Proof(int lane, long height, Duration at) {}

  private final int validators;
  private final ValidatorIndex witness;
  private final Map<View, ValidatorIndex> leaders = new LinkedHashMap<>();
  private final Map<ValidatorIndex, View> views = new LinkedHashMap<>();
  private final Map<Hash, Duration> proposals = new LinkedHashMap<>();
  private final List<Final> blocks = new ArrayList<>();
  private final List<Proof> proofs = new ArrayList<>();
  private Optional<WanLedger> followed = Optional.empty();
  private Duration markedAt = Duration.ZERO;
  private View marked = View.ZERO;

  Course(int validators, int witness) {
    this.validators = validators;
    this.witness = ValidatorIndex.of(witness);
  }

  void follow(WanLedger ledger) {
    followed = Optional.of(ledger);
  }

  private Duration now() {
    return followed.orElseThrow().time();
  }

  /** Whether the validator leads the view after the one it is in; leaders take turns. */
  boolean leadsNext(ValidatorIndex validator) {
    var next = views.getOrDefault(validator, View.ZERO).next().number();
    return next > validators && validator.equals(leaders.get(new View(next - validators)));
  }

  /** The witness is in the view that counts. */
  void mark() {
    markedAt = now();
    marked = views.getOrDefault(witness, View.ZERO);
  }

  Duration markedAt() {
    return markedAt;
  }

  View marked() {
    return marked;
  }

  @Override
  public String id() {
    return "course";
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Stands(var by, var status) -> views.put(by, status.view());
      case Observation.Sent(var by, _, Proposal(var block, _, _)) -> {
        leaders.put(block.view(), by);
        proposals.putIfAbsent(block.hash(), now());
      }
      case Observation.Sent(_, _, BatchAppended(_, var proof)) -> proof.ifPresent(this::proven);
      case Observation.Sent(_, _, AvailabilityProofs(var each)) -> each.forEach(this::proven);
      case Observation.Stored(var by, var executed, _) -> {
        if (by.equals(witness)) {
          executed.forEach(
              each ->
                  blocks.add(
                      new Final(
                          each.block(),
                          proposals.getOrDefault(each.block().hash(), Duration.ZERO),
                          now(),
                          each.ordered().entries().size())));
        }
      }
      case Observation other -> {}
    }
  }

  private void proven(Certificate proof) {
    if (proof.statement() instanceof Ack ack) {
      proofs.add(new Proof(ack.lane().number(), ack.height().number(), now()));
    }
  }

  /** The first final block like this. */
  Final first(Predicate<Final> like) {
    return blocks.stream().filter(like).findFirst().orElseThrow();
  }

  /** The highest batch of the lane that its owner had told a proof of. */
  long provenBy(int lane, Duration time) {
    return proofs.stream()
        .filter(each -> each.lane() == lane && each.at().compareTo(time) <= 0)
        .mapToLong(Proof::height)
        .max()
        .orElse(0);
  }

  Tip parentTip(Final block, int lane) {
    int at = blocks.indexOf(block);
    return blocks.get(at - 1).block().cut().tips().get(lane);
  }

  /** How many batches of the lane the block orders. */
  long advance(Final block, int lane) {
    return advance(block, block, lane);
  }

  /** How many batches of the lane the blocks from {@code first} to {@code last} order. */
  long advance(Final first, Final last, int lane) {
    var tip = last.block().cut().tips().get(lane);
    return tip.height().number() - parentTip(first, lane).height().number();
  }

  /** How many blocks the witness stored in this time. */
  long storedBetween(Duration from, Duration to) {
    return blocks.stream().filter(each -> isBetween(each, from, to)).count();
  }

  /** Transactions that blocks ordered which the witness stored in this time. */
  long entriesBetween(Duration from, Duration to) {
    return blocks.stream()
        .filter(each -> isBetween(each, from, to))
        .mapToLong(Final::entries)
        .sum();
  }

  private static boolean isBetween(Final block, Duration from, Duration to) {
    return block.storedAt().compareTo(from) >= 0 && block.storedAt().compareTo(to) < 0;
  }
}
