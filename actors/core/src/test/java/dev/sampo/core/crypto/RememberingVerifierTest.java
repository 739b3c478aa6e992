package dev.sampo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import org.junit.jupiter.api.Test;

final class RememberingVerifierTest {

  private static final PublicKey KEY = PublicKey.fromHex("01".repeat(32));
  private static final Hash DIGEST = Hash.fromHex("02".repeat(32));
  private static final Signature GOOD = Signature.fromHex("03".repeat(64));
  private static final Signature BAD = Signature.fromHex("04".repeat(64));

  /** Accepts what carries the good signature, and counts the questions. */
  private static final class Counting implements SignatureVerifier {

    private int questions;

    @Override
    public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
      questions++;
      return signature.equals(GOOD);
    }

    @Override
    public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
      return verifyTransaction(key, digest, signature);
    }
  }

  private final Counting counting = new Counting();
  private final RememberingVerifier remembering = new RememberingVerifier(counting, 2);

  @Test
  void aValidVoteIsVerifiedOnce() {
    assertThat(remembering.verifyVote(KEY, DIGEST, GOOD)).isTrue();
    assertThat(remembering.verifyVote(KEY, DIGEST, GOOD)).isTrue();

    assertThat(counting.questions).isEqualTo(1);
  }

  @Test
  void anInvalidVoteStaysInvalidAndIsNotRemembered() {
    assertThat(remembering.verifyVote(KEY, DIGEST, BAD)).isFalse();
    assertThat(remembering.verifyVote(KEY, DIGEST, BAD)).isFalse();

    assertThat(counting.questions).isEqualTo(2);
  }

  @Test
  void anotherKeyOrDigestIsAnotherQuestion() {
    remembering.verifyVote(KEY, DIGEST, GOOD);
    remembering.verifyVote(new PublicKey(DIGEST.value()), DIGEST, GOOD);
    remembering.verifyVote(KEY, Hash.of(KEY.value()), GOOD);

    assertThat(counting.questions).isEqualTo(3);
  }

  @Test
  void anotherSignatureOfAValidVoteIsAnotherQuestion() {
    assertThat(remembering.verifyVote(KEY, DIGEST, GOOD)).isTrue();

    assertThat(remembering.verifyVote(KEY, DIGEST, BAD)).isFalse();
  }

  @Test
  void whatWasValidForAVoteSaysNothingAboutATransaction() {
    remembering.verifyVote(KEY, DIGEST, GOOD);
    remembering.verifyTransaction(KEY, DIGEST, GOOD);

    assertThat(counting.questions).isEqualTo(2);
  }

  @Test
  void forgetsTheOldestVoteWhenFull() {
    remembering.verifyVote(KEY, DIGEST, GOOD);
    remembering.verifyVote(KEY, Hash.of(Bytes.fromHex("0a".repeat(32))), GOOD);
    remembering.verifyVote(KEY, Hash.of(Bytes.fromHex("0b".repeat(32))), GOOD);
    remembering.verifyVote(KEY, DIGEST, GOOD);

    assertThat(counting.questions).isEqualTo(4);
  }
}
