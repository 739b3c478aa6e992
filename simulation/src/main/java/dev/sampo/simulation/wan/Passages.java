package dev.sampo.simulation.wan;

import dev.sampo.core.block.Block;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.simulation.invariant.Invariant;
import dev.sampo.simulation.invariant.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Follows transactions from their gateways into final blocks; it finds nothing wrong. Lanes are
 * taken to have one run, as without faults.
 */
final class Passages implements Invariant {

  private record Submission(ValidatorIndex gateway, long at) {}

  /** What came to whom: the validator and the thing. */
  private record At(ValidatorIndex validator, Object thing) {}

  /** The proofs of a lane as one validator has them: height and time. */
  private record Proofs(TreeMap<Height, Long> at) {
    /** When the first that covers {@code height} came (L3). */
    Optional<Long> covering(Height height) {
      return at.tailMap(height, true).values().stream().min(Long::compare);
    }
  }

  private final LongSupplier clock;
  private final Map<TransactionId, Submission> submissions = new LinkedHashMap<>();
  private final Map<TransactionId, Batch> batches = new LinkedHashMap<>();
  private final Map<Hash, Long> proposals = new LinkedHashMap<>();
  private final Map<At, Long> arrivals = new LinkedHashMap<>();
  private final Map<At, Proofs> proofs = new LinkedHashMap<>();
  private final List<Passage> ended = new ArrayList<>();

  Passages(LongSupplier clock) {
    this.clock = clock;
  }

  void submitted(TransactionId id, ValidatorIndex gateway, long at) {
    submissions.put(id, new Submission(gateway, at));
  }

  /** Those that were submitted and are not final. */
  int open() {
    return submissions.size();
  }

  List<Passage> ended() {
    return List.copyOf(ended);
  }

  @Override
  public String id() {
    return "passages";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class
        || kind == Observation.Heard.class
        || kind == Observation.Stored.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Sent(_, _, Proposal(var block, _, _)) ->
          proposals.putIfAbsent(block.hash(), clock.getAsLong());
      case Observation.Sent(var by, _, PeerMessage message) -> came(by, message);
      case Observation.Heard(var by, _, PeerMessage message) -> came(by, message);
      case Observation.Stored(var by, var blocks, _) -> blocks.forEach(each -> stored(by, each));
      case Observation other -> {}
    }
  }

  /** Whoever sends something has it. */
  private void came(ValidatorIndex to, PeerMessage message) {
    switch (message) {
      case TransactionGossip(var transactions) ->
          transactions.forEach(each -> arrived(to, each.id()));
      case BatchAppended(var batch, var proof) -> {
        batch.transactions().forEach(each -> batches.putIfAbsent(each.id(), batch));
        arrived(to, batch.digest());
        proof.ifPresent(each -> proven(to, each));
      }
      case AvailabilityProofs(var certificates) -> certificates.forEach(each -> proven(to, each));
      case PeerMessage other -> {}
    }
  }

  private void arrived(ValidatorIndex to, Object thing) {
    arrivals.putIfAbsent(new At(to, thing), clock.getAsLong());
  }

  private void proven(ValidatorIndex to, Certificate proof) {
    if (proof.statement() instanceof Ack ack) {
      proofs
          .computeIfAbsent(new At(to, ack.lane()), _ -> new Proofs(new TreeMap<>()))
          .at()
          .putIfAbsent(ack.height(), clock.getAsLong());
    }
  }

  private void stored(ValidatorIndex by, ExecutedBlock executed) {
    for (var entry : executed.ordered().entries()) {
      var submission = submissions.get(entry.id());
      if (submission != null && submission.gateway().equals(by)) {
        submissions.remove(entry.id());
        ended.add(passage(entry.id(), submission, executed.block()));
      }
    }
  }

  private static <K> long known(Map<K, Long> times, K key) {
    return Optional.ofNullable(times.get(key)).orElseThrow();
  }

  private Passage passage(TransactionId id, Submission submission, Block block) {
    var leader = block.header().proposer();
    long proposed = known(proposals, block.hash());
    var batch = Optional.ofNullable(batches.get(id));
    if (batch.isEmpty()) {
      boolean isHere = leader.equals(submission.gateway());
      long ready = isHere ? submission.at() : known(arrivals, new At(leader, id));
      return new Passage(Way.INLINE, submission.at(), ready, proposed, clock.getAsLong());
    }
    var proof =
        Optional.ofNullable(proofs.get(new At(leader, batch.get().lane())))
            .flatMap(known -> known.covering(batch.get().height()))
            .filter(at -> at <= proposed);
    return new Passage(
        proof.isPresent() ? Way.CERTIFIED : Way.OPTIMISTIC,
        submission.at(),
        proof.orElseGet(() -> known(arrivals, new At(leader, batch.get().digest()))),
        proposed,
        clock.getAsLong());
  }
}
