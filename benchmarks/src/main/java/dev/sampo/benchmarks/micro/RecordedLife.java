package dev.sampo.benchmarks.micro;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.DurabilityGate;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.simplex.SimplexEngine;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.MessageVerdict;
import dev.sampo.core.message.MessageVerifier;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.Verified;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All inputs of one validator's engine while four of them made blocks without any fault: what a
 * fresh engine can be fed with again, as it is pure.
 *
 * @param self whose engine it is
 * @param steps in the order in which they happened
 * @param blocks how many blocks became final for it
 */
record RecordedLife(Genesis genesis, ValidatorIndex self, List<Step> steps, int blocks) {

  /** An input and when it happened. */
  record Step(Input input, Moment at) {}

  RecordedLife {
    steps = List.copyOf(steps);
  }

  /** Lets the four of {@code ledger} make blocks until {@code self} has at least so many. */
  static RecordedLife of(SampleLedger ledger, ValidatorIndex self, int blocks) {
    return new Recording(ledger, self).until(blocks);
  }

  /** Four engines, whose messages and writes arrive at once, in the order in which they were. */
  private static final class Recording {

    private static final long STEP_NANOS = 100_000;

    private record Delivery(ValidatorIndex to, Input input) {}

    /** One validator. */
    private static final class Seat {
      private final SimplexEngine engine;
      private final DurabilityGate gate = new DurabilityGate();

      Seat(SimplexEngine engine) {
        this.engine = engine;
      }
    }

    private final SampleLedger ledger;
    private final Genesis genesis;
    private final ValidatorIndex self;
    private final List<Seat> seats = new ArrayList<>();
    private final ArrayDeque<Delivery> deliveries = new ArrayDeque<>();
    private final List<Step> steps = new ArrayList<>();
    private int blocks;
    private long nanos;

    Recording(SampleLedger ledger, ValidatorIndex self) {
      this.ledger = ledger;
      this.genesis = ledger.genesis();
      this.self = self;
    }

    RecordedLife until(int wanted) {
      var recovered = new Recovered(List.of(), genesis.block(), Optional.empty());
      for (var index : genesis.validators().indices()) {
        seats.add(new Seat(new SimplexEngine(genesis, index)));
        deliveries.add(new Delivery(index, new Input.Started(recovered)));
        deliveries.add(new Delivery(index, new Input.WorkChanged(true)));
      }
      for (var index : genesis.validators().indices()) {
        genesis.validators().indices().stream()
            .filter(peer -> !peer.equals(index))
            .forEach(peer -> deliveries.add(new Delivery(index, new Input.PeerConnected(peer))));
      }
      while (blocks < wanted) {
        var delivery = deliveries.remove();
        deliver(delivery.to(), delivery.input());
      }
      return new RecordedLife(genesis, self, steps, blocks);
    }

    private void deliver(ValidatorIndex to, Input input) {
      nanos += STEP_NANOS;
      var at = new Moment(nanos, genesis.block().header().time().plusMillis(1 + nanos / 1_000_000));
      if (to.equals(self)) {
        steps.add(new Step(input, at));
      }
      var seat = seats.get(to.number());
      if (input instanceof Input.Persisted(long sequence)) {
        perform(to, seat.gate.persisted(sequence));
      }
      perform(to, seat.gate.admit(seat.engine.step(input, at)));
    }

    private void perform(ValidatorIndex by, List<Effect> effects) {
      for (var effect : effects) {
        switch (effect) {
          case Effect.Persist(long sequence, _) -> later(by, new Input.Persisted(sequence));
          case Effect.Sign(var statement) ->
              later(by, new Input.StatementSigned(statement, signature(statement, by)));
          case Effect.Send(var recipients, var lastFinal, var message) ->
              recipients.forEach(to -> send(by, to, lastFinal, message));
          case Effect.BuildPayload(var view, _, var parent, _, _) ->
              later(
                  by,
                  new Input.PayloadBuilt(view, List.of(ledger.transfer(view.number())), parent));
          case Effect.CheckAvailability(var view, var block, _, _, _) ->
              later(by, new Input.BatchesAvailable(view, block));
          case Effect.VerifyInline(var block) ->
              later(by, new Input.InlineJudged(block.view(), block.hash(), true));
          case Effect.Finalized(var finalized, _) -> finalized.forEach(block -> store(by, block));
          case Effect.Halt(var reason) -> throw new IllegalStateException(reason);
          // Without a fault no timer is waited for, and nothing is missing.
          case Effect.SetTimer _ -> {}
          case Effect.CancelTimer _ -> {}
          case Effect.FetchFinalBlocks _ -> {}
          case Effect.ReportEvidence(var evidence) ->
              throw new IllegalStateException("nobody lies, but there is " + evidence);
          case Effect.Report _ -> {}
          case Effect.AnnounceIncarnation _ -> {}
        }
      }
    }

    private void store(ValidatorIndex by, Block block) {
      later(by, new Input.BlockStored(block.view(), block.height()));
      if (by.equals(self)) {
        blocks++;
      }
    }

    private void later(ValidatorIndex to, Input input) {
      deliveries.add(new Delivery(to, input));
    }

    private void send(
        ValidatorIndex from, ValidatorIndex to, View lastFinal, ConsensusMessage message) {
      later(to, new Input.MessageReceived(from, lastFinal, verified(from, to, lastFinal, message)));
    }

    private Verified<? extends ConsensusMessage> verified(
        ValidatorIndex from, ValidatorIndex to, View lastFinal, ConsensusMessage message) {
      var certificates =
          new CertificateVerifier(
              genesis.ledgerId(), Epoch.ZERO, genesis.validators(), new EveryVerdictIsYes());
      var verdict =
          new MessageVerifier(certificates, to, _ -> true)
              .verify(from, new Envelope(genesis.ledgerId(), lastFinal, message));
      return switch (verdict) {
        case MessageVerdict.Accepted(var verified) -> verified.as(message);
        case MessageVerdict.Refused(var flaw) -> throw new IllegalStateException(flaw.toString());
      };
    }

    /** Tells signers and statements apart, which is all that an engine asks of a signature. */
    private static Signature signature(Statement statement, ValidatorIndex signer) {
      var half =
          Sha256.hash(
              WireWriter.encode(
                  out -> {
                    statement.writeTo(out);
                    out.u16(signer.number());
                  }));
      return new Signature(WireWriter.encode(out -> out.hash(half).hash(half)));
    }
  }

  /** An engine is fed with what was checked; here nothing is forged. */
  private static final class EveryVerdictIsYes implements SignatureVerifier {

    @Override
    public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
      return true;
    }

    @Override
    public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
      return true;
    }
  }
}
