package dev.sampo.simulation.world;

import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.MessageVerdict;
import dev.sampo.core.message.MessageVerifier;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.ValidatorIndex;
import java.util.Optional;

/** A message as its frame decodes; all recipients share it. */
final class Arrival {

  private final ValidatorIndex from;
  private final Envelope envelope;
  private final int bytes;
  private final int digest;
  private Optional<MessageVerdict> verdict = Optional.empty();

  /** {@code frame} is its encoding. */
  Arrival(ValidatorIndex from, Envelope envelope, Bytes frame) {
    this.from = from;
    this.envelope = envelope;
    this.bytes = frame.length();
    this.digest = frame.hashCode();
  }

  ValidatorIndex from() {
    return from;
  }

  Envelope envelope() {
    return envelope;
  }

  /** How long its frame is. */
  int bytes() {
    return bytes;
  }

  /** Of the frame, for the event hash. */
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
