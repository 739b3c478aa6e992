package dev.sampo.core.transaction;

import dev.sampo.core.crypto.Purpose;
import dev.sampo.core.crypto.SigningDomain;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;

/**
 * What a client signs (protocol 2.23).
 *
 * @param application names the application that {@code payload} is for, at most 32 bytes
 * @param payload what the application is asked to do, in the application's own encoding
 * @param validUntil the transaction never executes in a block with this time or a later one
 * @param salt 16 bytes; with the sender it is the idempotency key
 * @param requires at most {@link #REQUIRES_MAX} transactions that must have succeeded before (7.17)
 */
public record TransactionBody(
    LedgerId ledger,
    String application,
    Bytes payload,
    AccountId sender,
    LedgerTime validUntil,
    Bytes salt,
    List<Requirement> requires) {

  public static final int VERSION = 1;
  public static final int SALT_LENGTH = 16;
  public static final int APPLICATION_LENGTH_MAX = 32;
  public static final int REQUIRES_MAX = 4;

  /** An earlier transaction that must have been executed successfully. */
  public record Requirement(TransactionId id, AccountId sender, Bytes salt, LedgerTime validUntil) {

    public Requirement {
      requireSalt(salt);
    }

    private void writeTo(WireWriter out) {
      out.hash(id.hash()).text(sender.name()).fixed(salt).u64(validUntil.millis());
    }

    private static Requirement readFrom(WireReader in) throws Malformed {
      return new Requirement(
          new TransactionId(in.hash()),
          new AccountId(in.text(AccountId.LENGTH_MAX)),
          in.fixed(SALT_LENGTH),
          LedgerTime.ofMillis(in.u64()));
    }
  }

  public TransactionBody {
    requireSalt(salt);
    requires = List.copyOf(requires);
    if (requires.size() > REQUIRES_MAX) {
      throw new IllegalArgumentException("at most " + REQUIRES_MAX + " requirements");
    }
  }

  /** The exact bytes that a client signs and that the transaction id is computed from. */
  public Bytes encoded() {
    return WireWriter.encode(
        out -> {
          out.u8(VERSION).fixed(ledger.value()).text(application).bytes(payload);
          out.text(sender.name()).u64(validUntil.millis()).fixed(salt);
          out.list(requires, Requirement::writeTo);
        });
  }

  public static TransactionBody decode(Bytes body) throws Malformed {
    return WireReader.decode(body, TransactionBody::readFrom);
  }

  private static TransactionBody readFrom(WireReader in) throws Malformed {
    int version = in.u8();
    if (version != VERSION) {
      throw new Malformed("unknown transaction version " + version);
    }
    return new TransactionBody(
        new LedgerId(in.fixed(LedgerId.LENGTH)),
        in.text(APPLICATION_LENGTH_MAX),
        in.bytes(SignedTransaction.ENCODED_BYTES_MAX),
        new AccountId(in.text(AccountId.LENGTH_MAX)),
        LedgerTime.ofMillis(in.u64()),
        in.fixed(SALT_LENGTH),
        in.list(REQUIRES_MAX, Requirement::readFrom));
  }

  /** Whether it breaks the static rule of 7.17: what it requires must be valid at least as long. */
  public boolean outlivesRequirement() {
    return requires.stream().anyMatch(required -> validUntil.isAfter(required.validUntil()));
  }

  /**
   * H(domain || ledger || sender || salt): two transactions with one key exclude each other (7.14).
   */
  public Hash dedupeKey() {
    return dedupeKey(ledger, sender, salt);
  }

  public static Hash dedupeKey(LedgerId ledger, AccountId sender, Bytes salt) {
    return SigningDomain.identifier(
        Purpose.DEDUPE, ledger.value(), WireWriter.encode(out -> out.text(sender.name())), salt);
  }

  private static void requireSalt(Bytes salt) {
    if (salt.length() != SALT_LENGTH) {
      throw new IllegalArgumentException("a salt has " + SALT_LENGTH + " bytes");
    }
  }
}
