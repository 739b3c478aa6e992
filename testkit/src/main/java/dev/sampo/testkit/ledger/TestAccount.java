package dev.sampo.testkit.ledger;

import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.transaction.AccountId;
import java.nio.charset.StandardCharsets;

/** Somebody who signs transactions in a test; the key follows from the name and the seed. */
public record TestAccount(String name, Signer signer) {

  public static TestAccount of(String name, long seed) {
    var secret = Sha256.hash(("account " + name + " " + seed).getBytes(StandardCharsets.UTF_8));
    return new TestAccount(name, Ed25519Signer.fromSeed(secret.value()));
  }

  /** The account of this name, for applications that name accounts. */
  public AccountId named() {
    return new AccountId(name);
  }

  /** The account of this key: what applications know senders by unless they say otherwise. */
  public AccountId ofKey() {
    return new AccountId(signer.publicKey().hex());
  }
}
