package dev.sampo.simulation.wan;

import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.WireWriter;
import dev.sampo.simulation.invariant.Invariant;
import dev.sampo.simulation.invariant.Observation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Counts messages and their bytes while it is told to; it finds nothing wrong. Votes and proposals
 * count for their view, acks and proofs for their batch, so that what is under way when the count
 * begins or ends does no harm.
 */
final class Traffic implements Invariant {

  private static final class OfView {
    private long messages;
    private long bytes;
    private long stateBytes;
    private boolean isCounted;
    private boolean isFinal;
  }

  private static final class OfBatch {
    private long messages;
    private long proofs;
  }

  private final Supplier<LedgerId> ledger;
  private final TreeMap<View, OfView> views = new TreeMap<>();
  private final Map<Hash, OfBatch> batches = new LinkedHashMap<>();
  private boolean isCounting;
  private long certificates;
  private long attestations;
  private long bytes;

  Traffic(Supplier<LedgerId> ledger) {
    this.ledger = ledger;
  }

  /** From now on, what is new counts. */
  void begin() {
    isCounting = true;
  }

  /** From now on only what belongs to views and batches that count already. */
  void end() {
    isCounting = false;
  }

  @Override
  public String id() {
    return "traffic";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class || kind == Observation.Stored.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Sent(_, int recipients, PeerMessage message) -> sent(recipients, message);
      case Observation.Stored(_, var blocks, _) ->
          blocks.forEach(
              each ->
                  Optional.ofNullable(views.get(each.block().view()))
                      .ifPresent(view -> view.isFinal = true));
      case Observation other -> {}
    }
  }

  private void sent(int recipients, PeerMessage message) {
    if (isCounting) {
      var envelope = new Envelope(ledger.get(), View.ZERO, message);
      bytes += (long) recipients * PeerMessageCodec.encode(envelope).length();
    }
    switch (message) {
      case Proposal proposal -> proposed(recipients, proposal);
      case ConsensusVote(var vote) -> voted(recipients, vote);
      case Certificates pushed -> certificates += isCounting ? recipients : 0;
      case Attestation attestation -> attestations += isCounting ? recipients : 0;
      case BatchAppended(var batch, _) -> {
        if (isCounting) {
          batches.putIfAbsent(batch.digest(), new OfBatch());
        }
        counted(batch.digest()).ifPresent(each -> each.messages += recipients);
      }
      case BatchAck(var vote) -> {
        if (vote.statement() instanceof Ack ack) {
          counted(ack.batch()).ifPresent(each -> each.messages += recipients);
        }
      }
      case AvailabilityProofs(var proofs) -> proofs.forEach(each -> proven(recipients, each));
      case PeerMessage other -> {}
    }
  }

  private void proven(int recipients, Certificate proof) {
    if (proof.statement() instanceof Ack ack) {
      counted(ack.batch()).ifPresent(each -> each.proofs += recipients);
    }
  }

  private Optional<OfBatch> counted(Hash batch) {
    return Optional.ofNullable(batches.get(batch));
  }

  private void proposed(int recipients, Proposal proposal) {
    var view = at(proposal.block().view());
    view.isCounted |= isCounting;
    int encoded = WireWriter.encode(out -> proposal.block().writeTo(out)).length();
    int inline = proposal.block().inline().stream().mapToInt(each -> each.encodedLength()).sum();
    int state =
        proposal.justification().stream()
            .filter(each -> each.statement() instanceof Statement.StateAttest)
            .mapToInt(Certificate::encodedLength)
            .sum();
    int others =
        proposal.justification().stream().mapToInt(Certificate::encodedLength).sum() - state;
    view.messages += recipients;
    view.bytes += (long) recipients * (encoded - inline + Signature.LENGTH + others);
    view.stateBytes += (long) recipients * state;
  }

  private void voted(int recipients, Vote vote) {
    var of =
        switch (vote.statement()) {
          case Statement.Notarize(_, var view, _) -> Optional.of(view);
          case Statement.Nullify(_, var view) -> Optional.of(view);
          case Statement.Finalize(_, var view, _) -> Optional.of(view);
          case Statement.OfRecovery _ -> Optional.<View>empty();
          case Statement.Propose _, Statement.StateAttest _, Statement.Append _, Statement.Ack _ ->
              Optional.<View>empty();
        };
    of.ifPresent(
        number -> {
          var view = at(number);
          view.messages += recipients;
          view.bytes += (long) recipients * WireWriter.encode(vote::writeTo).length();
        });
  }

  private OfView at(View view) {
    return views.computeIfAbsent(view, _ -> new OfView());
  }

  WanCounts counts() {
    var counted = views.values().stream().filter(view -> view.isCounted).toList();
    long blocks = counted.stream().filter(view -> view.isFinal).count();
    double each = Math.max(1, blocks);
    double eachBatch = Math.max(1, batches.size());
    return new WanCounts(
        blocks,
        new WanCounts.Consensus(
            counted.stream().mapToLong(view -> view.messages).sum() / each,
            counted.stream().mapToLong(view -> view.bytes).sum() / each,
            counted.stream().mapToLong(view -> view.stateBytes).sum() / each),
        new WanCounts.Lanes(
            batches.size(),
            batches.values().stream().mapToLong(batch -> batch.messages).sum() / eachBatch,
            batches.values().stream().mapToLong(batch -> batch.proofs).sum() / eachBatch),
        new WanCounts.Rest(certificates / each, attestations / each, bytes / each));
  }
}
