package dev.sampo.client;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.transaction.TransactionBody.Requirement;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds and signs transactions of one sender. Immutable and thread-safe: each {@code with} gives a
 * new builder. Without an idempotency key each transaction has a random salt of its own. Keep what
 * is built until its outcome is final; a transaction that is built anew under the same idempotency
 * key has another id and is refused as KEY_REUSED while the first one lives (7.14).
 */
public final class TransactionBuilder {

  /** Valid for two minutes unless said otherwise; a ledger allows ten by default. */
  public static final Duration VALIDITY_DEFAULT = Duration.ofMinutes(2);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final LedgerId ledger;
  private final AccountId sender;
  private final Signer signer;
  private final Terms terms;

  private TransactionBuilder(LedgerId ledger, AccountId sender, Signer signer, Terms terms) {
    this.ledger = ledger;
    this.sender = sender;
    this.signer = signer;
    this.terms = terms;
  }

  private record Terms(
      Duration validity, Optional<String> idempotencyKey, List<Requirement> requires) {}

  /** A builder of transactions that {@code sender} sends and {@code signer} signs. */
  public static TransactionBuilder of(LedgerId ledger, AccountId sender, Signer signer) {
    var terms = new Terms(VALIDITY_DEFAULT, Optional.empty(), List.of());
    return new TransactionBuilder(ledger, sender, signer, terms);
  }

  /** The account of the key's name sends. */
  public static TransactionBuilder of(LedgerId ledger, KeyFile key) {
    return of(ledger, key.account(), key.signer());
  }

  /** How long from now on, by this machine's clock, the ledger may execute what is built. */
  public TransactionBuilder withValidity(Duration longest) {
    return with(new Terms(longest, terms.idempotencyKey, terms.requires));
  }

  /** The same key of the same sender takes effect at most once. */
  public TransactionBuilder withIdempotencyKey(String key) {
    return with(new Terms(terms.validity, Optional.of(key), terms.requires));
  }

  /** What is built takes effect only after {@code required} has succeeded (7.17). */
  public TransactionBuilder withRequired(SignedTransaction required, TransactionBody requiredBody) {
    var all = new ArrayList<>(terms.requires);
    all.add(
        new Requirement(
            required.id(), requiredBody.sender(), requiredBody.salt(), requiredBody.validUntil()));
    return with(new Terms(terms.validity, terms.idempotencyKey, List.copyOf(all)));
  }

  private TransactionBuilder with(Terms changed) {
    return new TransactionBuilder(ledger, sender, signer, changed);
  }

  /** Moves {@code amount} of the asset's smallest unit from the sender to {@code to}. */
  public SignedTransaction transfer(AssetId asset, AccountId to, long amount) {
    return build(Assets.NAME, Assets.transfer(asset, to, amount));
  }

  /**
   * Sends {@code amount} to {@code to} of the ledger at the other end of a channel; what has not
   * arrived {@code longest} from now on, by the time of that ledger, is refunded.
   */
  public SignedTransaction sendAcross(
      ChannelId channel, AssetId asset, AccountId to, long amount, Duration longest) {
    var timeout = LedgerTime.ofMillis(System.currentTimeMillis()).plusMillis(longest.toMillis());
    return build(Assets.NAME, Assets.sendAcross(channel, asset, to, amount, timeout));
  }

  /**
   * Moves the sender's account to the ledger at the other end of a channel, with all that it holds;
   * if it has not arrived {@code longest} from now on, by the time of that ledger, it stays.
   */
  public SignedTransaction moveAccount(ChannelId channel, Duration longest) {
    var timeout = LedgerTime.ofMillis(System.currentTimeMillis()).plusMillis(longest.toMillis());
    return build(Assets.NAME, Assets.moveAccount(channel, timeout));
  }

  /** Issues a new asset, or more of the sender's own, to the sender. */
  public SignedTransaction issue(AssetId asset, long amount) {
    return build(Assets.NAME, Assets.issueAsset(asset, amount));
  }

  /** Opens an account that {@code key} signs for. */
  public SignedTransaction open(AccountId account, PublicKey key) {
    return build(Assets.NAME, Assets.openAccount(account, key));
  }

  /** A transaction of any application, with a payload in its own encoding. */
  public SignedTransaction build(String application, Bytes payload) {
    var validUntil =
        LedgerTime.ofMillis(System.currentTimeMillis()).plusMillis(terms.validity.toMillis());
    return SignedTransaction.sign(
        new TransactionBody(
            ledger, application, payload, sender, validUntil, salt(), terms.requires),
        signer);
  }

  private Bytes salt() {
    return terms
        .idempotencyKey
        .map(TransactionBuilder::saltOf)
        .orElseGet(TransactionBuilder::randomSalt);
  }

  /** The first 16 bytes of the SHA-256 of the key's UTF-8. */
  static Bytes saltOf(String idempotencyKey) {
    return Sha256.hash(idempotencyKey.getBytes(StandardCharsets.UTF_8))
        .value()
        .slice(0, TransactionBody.SALT_LENGTH);
  }

  private static Bytes randomSalt() {
    var salt = new byte[TransactionBody.SALT_LENGTH];
    RANDOM.nextBytes(salt);
    return Bytes.owning(salt);
  }
}
