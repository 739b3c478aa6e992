package dev.sampo.node.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerdictCacheTest {

  private final Counting verifier = new Counting();
  private final VerdictCache verdicts = new VerdictCache(new LedgerId(Hash.ZERO.value()), verifier);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void checksASignatureOnce(boolean valid) {
    verifier.valid = valid;

    assertThat(verdicts.hasValidSignature(transaction("aa"))).isEqualTo(valid);
    assertThat(verdicts.hasValidSignature(transaction("aa"))).isEqualTo(valid);
    assertThat(verdicts.ofExecution().hasValidSignature(transaction("aa"))).isEqualTo(valid);

    assertThat(verifier.checked).isEqualTo(1);
  }

  @Test
  void checksAnotherSignatureUnderTheSameIdByItself() {
    verdicts.hasValidSignature(transaction("aa"));
    verdicts.hasValidSignature(transaction("bb"));

    assertThat(transaction("aa").id()).isEqualTo(transaction("bb").id());
    assertThat(verifier.checked).isEqualTo(2);
  }

  @Test
  void forgetsWhatExecutionWasTold() {
    verdicts.hasValidSignature(transaction("aa"));
    verdicts.ofExecution().hasValidSignature(transaction("aa"));

    verdicts.hasValidSignature(transaction("aa"));

    assertThat(verifier.checked).isEqualTo(2);
  }

  @Test
  void executionHasUnknownSignaturesCheckedAndNotRemembered() {
    verdicts.ofExecution().hasValidSignature(transaction("aa"));
    verdicts.ofExecution().hasValidSignature(transaction("aa"));

    assertThat(verifier.checked).isEqualTo(2);
  }

  private static SignedTransaction transaction(String signature) {
    return new SignedTransaction(
        Bytes.fromHex("0102"),
        SignedTransaction.ED25519,
        new PublicKey(Bytes.fromHex("11".repeat(32))),
        new Signature(Bytes.fromHex(signature.repeat(64))));
  }

  private static final class Counting implements SignatureVerifier {

    private boolean valid = true;
    private int checked;

    @Override
    public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
      checked++;
      return valid;
    }

    @Override
    public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
      throw new AssertionError("no vote is checked here");
    }
  }
}
