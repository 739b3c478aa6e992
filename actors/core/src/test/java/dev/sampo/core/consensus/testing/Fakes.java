package dev.sampo.core.consensus.testing;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.WireWriter;
import java.util.stream.IntStream;

/** Ledgers, signatures and transactions that look real and cost little. */
public final class Fakes {

  private Fakes() {}

  public static Genesis genesis(int validators) {
    return genesis(validators, "simplex", LedgerParameters.DEFAULT);
  }

  public static Genesis genesis(int validators, String engine, LedgerParameters parameters) {
    var keys =
        IntStream.range(0, validators)
            .mapToObj(i -> Sha256.hash(WireWriter.encode(out -> out.u32(i))))
            .map(hash -> new PublicKey(hash.value()))
            .sorted()
            .toList();
    return new Genesis(
        Sha256.hash(Bytes.EMPTY).value(),
        engine,
        LedgerTime.ofMillis(1_000_000),
        new ValidatorSet(keys),
        parameters,
        "test",
        Bytes.EMPTY);
  }

  /** The same signer and statement always give the same signature, as with Ed25519. */
  public static Signature sign(Statement statement, ValidatorIndex signer) {
    var half =
        Sha256.hash(
            WireWriter.encode(
                out -> {
                  statement.writeTo(out);
                  out.u16(signer.number());
                }));
    return new Signature(WireWriter.encode(out -> out.hash(half).hash(half)));
  }

  public static Vote vote(Statement statement, ValidatorIndex signer) {
    return new Vote(statement, signer, sign(statement, signer));
  }

  public static SignedTransaction transaction(long number) {
    return transaction(WireWriter.encode(out -> out.u64(number)));
  }

  /** A transaction with so many bytes. */
  public static SignedTransaction large(int bytes) {
    return transaction(Bytes.owning(new byte[bytes]));
  }

  private static SignedTransaction transaction(Bytes body) {
    var key = new PublicKey(Sha256.hash(Bytes.EMPTY).value());
    var signature = new Signature(Bytes.owning(new byte[Signature.LENGTH]));
    return new SignedTransaction(body, SignedTransaction.ED25519, key, signature);
  }
}
