package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** 2.14: late contradictions become evidence, within bounds of views and votes. */
class VoteArchiveTest {

  private static final Signature SIGNATURE =
      new Signature(Bytes.owning(new byte[Signature.LENGTH]));
  private static final Hash ONE = Sha256.hash(new byte[] {1});
  private static final Hash OTHER = Sha256.hash(new byte[] {2});
  private static final int VOTES_OF_A_SLOT = 256;

  private final VoteArchive archive = new VoteArchive();

  private static Vote notarize(long view, int signer, Hash block) {
    var statement = new Statement.Notarize(Epoch.ZERO, View.of(view), block);
    return new Vote(statement, ValidatorIndex.of(signer), SIGNATURE);
  }

  private static Slot slot(long view) {
    var slot = new Slot(View.of(view));
    slot.votes().add(notarize(view, 0, ONE));
    return slot;
  }

  private static Slot fullSlot(long view) {
    var slot = new Slot(View.of(view));
    var nullify = new Statement.Nullify(Epoch.ZERO, View.of(view));
    var finalizes = new Statement.Finalize(Epoch.ZERO, View.of(view), ONE);
    for (int signer = 0; signer < VOTES_OF_A_SLOT / 4; signer++) {
      slot.votes().add(notarize(view, signer, ONE));
      slot.votes().add(new Vote(nullify, ValidatorIndex.of(signer), SIGNATURE));
    }
    for (int signer = 0; signer < VOTES_OF_A_SLOT / 2; signer++) {
      slot.votes().add(new Vote(finalizes, ValidatorIndex.of(signer), SIGNATURE));
    }
    return slot;
  }

  private boolean knows(long view) {
    return archive.contradiction(View.of(view), notarize(view, 0, OTHER)).isPresent();
  }

  @Test
  @DisplayName("the votes of 1,024 views back are kept, and not of more")
  void keepsSoManyViews() {
    for (int view = 1; view <= 1_026; view++) {
      archive.add(slot(view));
    }
    assertThat(knows(1)).isFalse();
    assertThat(knows(2)).isTrue();
    assertThat(knows(1_026)).isTrue();
  }

  @Test
  @DisplayName("65,536 votes are kept; with one more the oldest view goes, with its votes")
  void keepsSoManyVotes() {
    int slots = 65_536 / VOTES_OF_A_SLOT;
    for (int view = 1; view <= slots; view++) {
      archive.add(fullSlot(view));
    }
    // At the bound: a vote that is there already counts no second time.
    assertThat(archive.contradiction(View.of(2), notarize(2, 1, ONE))).isEmpty();
    archive.add(new Slot(View.of(slots + 1)));
    assertThat(knows(1)).isTrue();

    // A late vote that contradicts nothing is kept, and counts.
    assertThat(archive.contradiction(View.of(2), notarize(2, 100, ONE))).isEmpty();
    archive.add(new Slot(View.of(slots + 2)));
    assertThat(knows(1)).isFalse();
    assertThat(archive.contradiction(View.of(2), notarize(2, 100, OTHER))).isPresent();

    // The votes of the one that went make room for as many.
    archive.add(slot(slots + 3));
    assertThat(knows(3)).isTrue();
  }
}
