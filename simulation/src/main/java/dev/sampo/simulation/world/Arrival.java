package dev.sampo.simulation.world;

import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.MessageVerdict;
import dev.sampo.core.message.MessageVerifier;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.ValidatorIndex;
import java.util.Optional;

/** A message as its frame decodes; all recipients share it. */
final class Arrival {

  private final ValidatorIndex from;
  private final Envelope envelope;
  private final int digest;
  private Optional<MessageVerdict> verdict = Optional.empty();

  /** {@code digest} is of the frame, for the event hash. */
  Arrival(ValidatorIndex from, Envelope envelope, int digest) {
    this.from = from;
    this.envelope = envelope;
    this.digest = digest;
  }

  ValidatorIndex from() {
    return from;
  }

  Envelope envelope() {
    return envelope;
  }

  int digest() {
    return digest;
  }

  /** The verdict of one recipient is that of all, except about what is for its ears only. */
  MessageVerdict verdict(MessageVerifier verifier, boolean shared) {
    boolean isOfOne =
        envelope.message() instanceof Status || envelope.message() instanceof RecoverReply;
    if (!shared || isOfOne) {
      return verifier.verify(from, envelope);
    }
    if (verdict.isEmpty()) {
      verdict = Optional.of(verifier.verify(from, envelope));
    }
    return verdict.get();
  }
}
