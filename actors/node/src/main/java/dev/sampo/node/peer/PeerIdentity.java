package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import java.util.List;
import java.util.Optional;

/** Who this validator is to its peers, and whom it accepts as a peer. */
public record PeerIdentity(
    LedgerId ledger, ValidatorSet validators, ValidatorIndex own, PeerTls tls) {

  public PeerIdentity {
    if (!validators.contains(own) || !validators.key(own).equals(tls.publicKey())) {
      throw new IllegalArgumentException("the key is not that of validator " + own);
    }
  }

  /** All validators but this one, in order. */
  public List<ValidatorIndex> peers() {
    return validators.indices().stream().filter(index -> !index.equals(own)).toList();
  }

  boolean isPeerKey(PublicKey key) {
    return !key.equals(tls.publicKey()) && validators.keys().contains(key);
  }

  Hello hello(PeerStream stream, ValidatorIndex recipient) {
    return new Hello(Hello.VERSION, ledger, stream, own, recipient);
  }

  /**
   * Why {@code hello} is refused from one who proved to hold {@code key}; empty if it is accepted.
   */
  Optional<Refusal> refusalOf(Hello hello, PublicKey key) {
    if (hello.version() != Hello.VERSION) {
      return Optional.of(Refusal.UNKNOWN_VERSION);
    }
    if (!hello.ledger().equals(ledger)) {
      return Optional.of(Refusal.FOREIGN_LEDGER);
    }
    if (!hello.recipient().equals(own)) {
      return Optional.of(Refusal.WRONG_RECIPIENT);
    }
    boolean isSender =
        isPeerKey(key) && validators.indexOf(key).equals(Optional.of(hello.sender()));
    return isSender ? Optional.empty() : Optional.of(Refusal.WRONG_SENDER);
  }
}
