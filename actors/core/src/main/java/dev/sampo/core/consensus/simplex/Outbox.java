package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Orders the effects of one step: first what reveals nothing, then one group of promises, then what
 * rests upon them (2.4).
 */
final class Outbox {

  private record Message(List<ValidatorIndex> recipients, ConsensusMessage message) {
    private Effect toSend(View lastFinal) {
      return new Effect.Send(recipients, lastFinal, message);
    }
  }

  private final List<Effect> silent = new ArrayList<>();
  private final List<Promise> promises = new ArrayList<>();
  private final List<Promise> lazyPromises = new ArrayList<>();
  private final List<Statement> toSign = new ArrayList<>();
  private final List<Message> signed = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private Optional<String> halted = Optional.empty();
  private long sequence;

  /** An effect that tells peers nothing and so need not wait for the disk. */
  void silently(Effect effect) {
    silent.add(effect);
  }

  void promise(Promise promise) {
    promises.add(promise);
  }

  /** A promise that is worth no sync of its own: it goes with the next group. */
  void promiseLazily(Promise promise) {
    lazyPromises.clear();
    lazyPromises.add(promise);
  }

  void sign(Statement statement) {
    toSign.add(statement);
  }

  /**
   * Sends what was signed just now. All that it rests on went to disk before its signature was
   * asked for, so it need not wait for this step's promises.
   */
  void sendSigned(List<ValidatorIndex> recipients, ConsensusMessage message) {
    if (!recipients.isEmpty()) {
      signed.add(new Message(recipients, message));
    }
  }

  /** Sends what may rest on this step's promises. */
  void send(List<ValidatorIndex> recipients, ConsensusMessage message) {
    if (!recipients.isEmpty()) {
      messages.add(new Message(recipients, message));
    }
  }

  /** Nothing but the halt leaves this step. */
  void halt(String reason) {
    halted = halted.or(() -> Optional.of(reason));
  }

  boolean isHalted() {
    return halted.isPresent();
  }

  List<Effect> drain(View lastFinal) {
    var effects = new ArrayList<Effect>();
    if (halted.isPresent()) {
      effects.addAll(silent.stream().filter(Effect.ReportEvidence.class::isInstance).toList());
      effects.add(new Effect.Halt(halted.get()));
    } else {
      effects.addAll(silent);
      signed.forEach(message -> effects.add(message.toSend(lastFinal)));
      if (!promises.isEmpty()) {
        promises.addAll(lazyPromises);
        lazyPromises.clear();
        effects.add(new Effect.Persist(sequence++, promises));
      }
      toSign.forEach(statement -> effects.add(new Effect.Sign(statement)));
      messages.forEach(message -> effects.add(message.toSend(lastFinal)));
    }
    silent.clear();
    promises.clear();
    toSign.clear();
    signed.clear();
    messages.clear();
    return effects;
  }
}
