package dev.sampo.core.transaction;

import dev.sampo.core.crypto.Purpose;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.crypto.SigningDomain;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** The exact body bytes that a client signed, with the key and the signature (protocol 2.23). */
public final class SignedTransaction {

  /** Largest encoding in bytes; more is refused at the edge and by every decoder. */
  public static final int ENCODED_BYTES_MAX = 64 * 1024;

  /** The code of Ed25519, the only suite there is. */
  public static final int ED25519 = 1;

  private static final int ENVELOPE_BYTES = 4 + 1 + PublicKey.LENGTH + Signature.LENGTH;

  private final Bytes body;
  private final int suite;
  private final PublicKey publicKey;
  private final Signature signature;
  private final TransactionId id;
  // Computed when it is first asked for, by any thread, with the same result.
  private @Nullable Hash contentHash;

  public SignedTransaction(Bytes body, int suite, PublicKey publicKey, Signature signature) {
    if (body.length() > ENCODED_BYTES_MAX - ENVELOPE_BYTES) {
      throw new IllegalArgumentException("a transaction has at most 64 KiB");
    }
    this.body = body;
    this.suite = suite;
    this.publicKey = publicKey;
    this.signature = signature;
    this.id = new TransactionId(SigningDomain.identifier(Purpose.TRANSACTION, body));
  }

  /** Signs {@code body} with Ed25519. */
  public static SignedTransaction sign(TransactionBody body, Signer signer) {
    var bytes = body.encoded();
    return new SignedTransaction(
        bytes, ED25519, signer.publicKey(), signer.sign(signingDigest(body.ledger(), bytes)));
  }

  /** What the signature is over. */
  public static Hash signingDigest(LedgerId ledger, Bytes body) {
    return SigningDomain.digest(SigningDomain.TRANSACTION, ledger, Epoch.ZERO, body);
  }

  public Bytes body() {
    return body;
  }

  public int suite() {
    return suite;
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  public Signature signature() {
    return signature;
  }

  public TransactionId id() {
    return id;
  }

  /** Of the complete signed bytes, which {@link #id()} does not cover (7.13). */
  public Hash contentHash() {
    var known = contentHash;
    if (known == null) {
      known = Sha256.hash(encoded());
      contentHash = known;
    }
    return known;
  }

  /** Length of {@link #encoded()} in bytes. */
  public int encodedLength() {
    return ENVELOPE_BYTES + body.length();
  }

  public Bytes encoded() {
    return WireWriter.encode(encodedLength(), this::writeTo);
  }

  public void writeTo(WireWriter out) {
    out.bytes(body).u8(suite).fixed(publicKey.value()).fixed(signature.value());
  }

  public static SignedTransaction decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, SignedTransaction::readFrom);
  }

  public static SignedTransaction readFrom(WireReader in) throws Malformed {
    return new SignedTransaction(
        in.bytes(ENCODED_BYTES_MAX),
        in.u8(),
        new PublicKey(in.fixed(PublicKey.LENGTH)),
        new Signature(in.fixed(Signature.LENGTH)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedTransaction transaction
        && suite == transaction.suite
        && id.equals(transaction.id)
        && publicKey.equals(transaction.publicKey)
        && signature.equals(transaction.signature);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "SignedTransaction[" + id.hash() + "]";
  }
}
