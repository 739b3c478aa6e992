package dev.sampo.core.crypto;

import dev.sampo.core.types.Bytes;

/** What an identifier is of, so that those of different things never collide (protocol 2.1). */
@SuppressWarnings("ImmutableEnumChecker") // byte strings never change
public enum Purpose {
  /** A genesis document, which names its ledger. */
  GENESIS("genesis"),
  VALIDATOR_SET("validator-set"),
  /** What a client signs. */
  TRANSACTION("transaction"),
  /** The ledger, the sender and the salt of a transaction. */
  DEDUPE("dedupe"),
  /** What operators decide about a channel. */
  PROPOSAL("proposal"),
  /** The name of an account, which tells where it is at home. */
  HOME("home"),
  /** The newest that a data directory held when it was handed over. */
  DIRECTORY_TAIL("directory-tail");

  private final Bytes head;

  Purpose(String name) {
    this.head = Bytes.ofAscii("sampo/v1/" + name + '\0');
  }

  /** What stands before all parts: "sampo/v1/", the name of the purpose and a zero byte. */
  Bytes head() {
    return head;
  }
}
