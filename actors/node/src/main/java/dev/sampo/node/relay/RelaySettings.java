package dev.sampo.node.relay;

import dev.sampo.core.crypto.Signer;
import dev.sampo.core.transaction.AccountId;
import java.time.Duration;

/**
 * As whom a node relays packets.
 *
 * @param account of every ledger that it relays to; an ordinary one, which needs no assets
 * @param signer has the key of that account
 * @param step how long a validator leaves packets to the one whose turn comes before its own
 */
public record RelaySettings(AccountId account, Signer signer, Duration step) {

  /** Long enough for one that is up to have done it. */
  public static final Duration STEP_DEFAULT = Duration.ofSeconds(1);

  /** With the usual step. */
  public static RelaySettings of(AccountId account, Signer signer) {
    return new RelaySettings(account, signer, STEP_DEFAULT);
  }
}
